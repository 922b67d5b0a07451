/** Something the person at the keyboard can put right: shown as it stands, without a stack, and the process ends with 1. */
export class PlainFault extends Error {}

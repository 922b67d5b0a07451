/** The small sign for the desk, under whatever language a visitor has chosen: staff read French. */
export const STAFF_SIGN_WORDS = {
  waiting: '{count} en attente',
  unreached: 'hors réseau',
  revoked: 'tablette à réinscrire',
};

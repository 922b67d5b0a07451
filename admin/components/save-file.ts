/** Hands a file to whoever asked for it, as a download. */
export function saveFile({ content, fileName }: { readonly content: Blob; readonly fileName: string }): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const exportWords = {
  open: 'Exporter',
  heading: 'Exporter ce qui est affiché',
  csv: 'CSV',
  csvHint: 'pour Excel et LibreOffice',
  xlsx: 'XLSX',
  xlsxHint: 'classeur avec dictionnaire des colonnes',
  print: 'Imprimer',
  printHint: 'ou enregistrer en PDF',
};

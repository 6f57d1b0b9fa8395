/**
 * In a message: stands for the line of the finding's first related place, counted from 1. A number
 * would be wrong as soon as somebody types above it, since findings are kept while they are true.
 */
export const relatedLine = "\0line\0";

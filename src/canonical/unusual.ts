/** Something that the compiled path does not handle, and the general path does. Caught by analyze.ts. */
export class Unusual extends Error {}

/** It has no types of its own. */
declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite'

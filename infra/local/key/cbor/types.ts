/** The keys that CTAP2 maps use: small integers in messages, text in option and entity maps. */
export type CborKey = number | bigint | string;

/** A CTAP2 map, in the order in which it was read or written. */
export type CborMap = ReadonlyMap<CborKey, CborValue>;

/** What CTAP2 messages are made of. Integers beyond 2^53 are `bigint`; floats and tags do not occur. */
export type CborValue = number | bigint | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;

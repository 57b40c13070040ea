export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly [member: string]: unknown;
}

/** The members of an error of the client, its class by name. */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) throw new TypeError(`no error: ${String(error)}`);
  return { ...(error as object), name: error.constructor.name, message: error.message };
};

/** Something that whoever operates the service may want to know. */
export interface Notice {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly error?: unknown;
}

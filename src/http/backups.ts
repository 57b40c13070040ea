/** A backup that was made. */
export interface BackupMade {
  /** On the machine of the service. */
  readonly directory: string;
  readonly epoch: string;
  /** Position of its last event, in digits. */
  readonly position: string;
  readonly bytes: number;
}

/** Makes backups of the log while the service runs. */
export abstract class Backups {
  /** @returns `null` where the log is kept by another server, which backs itself up */
  abstract create(): Promise<BackupMade | null>;
}

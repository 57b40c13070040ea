/** An event as the service gives it to auditors: CloudEvents 1.0. */
export interface CloudEvent {
  readonly id: string;
  /** `tollbook.FigureReported.v1`. */
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly filing: string;
  readonly filingplace: number;
  readonly filingsize: number;
  readonly desk: string;
  readonly person?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly position: string;
  readonly leafhash: string;
}

/** `FigureReported` of `tollbook.FigureReported.v1`. */
export const kindOf = ({ type }: Pick<CloudEvent, 'type'>): string => type.split('.')[1] ?? type;

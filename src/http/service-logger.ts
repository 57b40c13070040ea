import { ConsoleLogger } from '@nestjs/common';

/** What Nest tells of its own start, a line for each route: of no use to whoever reads the log. */
const ownStart: ReadonlySet<unknown> = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** One JSON line for everything that is logged. */
export class ServiceLogger extends ConsoleLogger {
  constructor(quiet: boolean) {
    super({ json: true, colors: false, logLevels: quiet ? ['error', 'fatal'] : ['log', 'warn', 'error', 'fatal'] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (ownStart.has(rest.at(-1))) return;
    super.log(message, ...rest);
  }
}

import 'reflect-metadata';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EventArchive } from './audit/event-archive.js';
import { FilingDesk } from './filing/filing-desk.js';
import { KeyDesk } from './filing/key-desk.js';
import { openTollbook, type Tollbook } from './filing/open-tollbook.js';
import { Access } from './http/access.js';
import { AdminController } from './http/admin.controller.js';
import { Backups } from './http/backups.js';
import { DecisionsController } from './http/decisions.controller.js';
import { packageVersion, serveDocs } from './http/docs-page.js';
import { EventsController } from './http/events.controller.js';
import { ExportController } from './http/export.controller.js';
import { FailureLog } from './http/failure-log.js';
import { FeedController } from './http/feed.controller.js';
import { FiguresController } from './http/figures.controller.js';
import { FilingService } from './http/filing.service.js';
import { HealthController } from './http/health.controller.js';
import { IncidentsController } from './http/incidents.controller.js';
import { KeysController } from './http/keys.controller.js';
import { isLoopbackHost } from './http/loopback.js';
import { HttpMetrics, type ServiceState } from './http/metrics.js';
import { createDocument } from './http/openapi.js';
import { guardDocsPage, servePages } from './http/pages.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Readiness } from './http/readiness.js';
import { ReportsController } from './http/reports.controller.js';
import { installHooks, ProblemAdapter } from './http/server.js';
import { SessionController } from './http/session.controller.js';
import { ServiceLogger } from './http/service-logger.js';
import { TallyController } from './http/tally.controller.js';
import { backUpBeside } from './log/embedded/back-up-beside.js';
import type { EventLog } from './log/event-log.js';
import { FeedHub } from './projections/feed-hub.js';
import { IncidentReader } from './projections/incident-reader.js';
import { Projector } from './projections/projector.js';
import { SettingsError, type Settings } from './settings.js';
import { openStores, type Stores } from './stores.js';

const pagesDirectory = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Within the directory of an embedded log. */
const backupsDirectory = 'backups';

/** How long requests under way have to end, at the end, before their connections are cut. */
const connectionsCloseMs = 10_000;

interface Wired {
  readonly settings: Settings;
  readonly log: EventLog;
  readonly tollbook: Tollbook;
  readonly adapter: ProblemAdapter;
  /** Lets others have the read models. */
  readonly release: () => void;
}

/** Ends in the order that readers and writers need: not ready, feeds drained, HTTP ended, filings finished, log closed. */
class Ending implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly readiness: Readiness,
    private readonly wired: Wired,
    private readonly closeConnections: () => void,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.readiness.leave();
    const { shutdownDelaySeconds } = this.wired.settings;
    if (shutdownDelaySeconds > 0) await setTimeout(shutdownDelaySeconds * 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.wired.tollbook.hub.drain();
    // A caller that never takes its answer must not keep the process.
    globalThis.setTimeout(() => this.closeConnections(), connectionsCloseMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.wired.tollbook.close();
    await this.wired.log.close();
    this.wired.release();
  }
}

@Module({})
class AppModule {
  static with(wired: Wired): DynamicModule {
    const { tollbook, settings, log, adapter } = wired;
    const readiness = new Readiness();
    return {
      module: AppModule,
      controllers: [
        IncidentsController,
        ReportsController,
        FiguresController,
        DecisionsController,
        TallyController,
        FeedController,
        EventsController,
        ExportController,
        KeysController,
        SessionController,
        AdminController,
        HealthController,
      ],
      providers: [
        FilingService,
        { provide: FilingDesk, useValue: tollbook.desk },
        { provide: KeyDesk, useValue: tollbook.keys },
        { provide: IncidentReader, useValue: tollbook.reader },
        { provide: FeedHub, useValue: tollbook.hub },
        { provide: Projector, useValue: tollbook.projector },
        { provide: EventArchive, useValue: new EventArchive(log) },
        { provide: Access, useValue: new Access(tollbook.keys, settings.publicRead) },
        { provide: HttpMetrics, useValue: new HttpMetrics(() => stateOf(tollbook)) },
        { provide: Readiness, useValue: readiness },
        { provide: Backups, useValue: backupsOf(settings) },
        {
          provide: Ending,
          useValue: new Ending(readiness, wired, () => adapter.getInstance().server.closeAllConnections()),
        },
      ],
    };
  }
}

/** Beside the log, each under the time at which it was made. */
const backupsOf = ({ log }: Settings): Backups => ({
  create: async () => {
    if (log.kind !== 'embedded') return null;
    const name = new Date().toISOString().replaceAll(/[:.]/gu, '-');
    const made = await backUpBeside({ directory: log.directory, target: join(log.directory, backupsDirectory, name) });
    return { ...made, position: String(made.position) };
  },
});

const stateOf = async ({ projector, hub }: Tollbook): Promise<ServiceState> => {
  const { appendedTo, projectedTo, lagEvents, lagSeconds, poisoned } = await projector.status();
  return {
    appendedTo,
    projectedTo,
    lagEvents,
    lagSeconds,
    poisoned: poisoned.length,
    rebuiltTo: String(projector.rebuiltTo),
    readers: hub.readerCount,
  };
};

export interface CreateOptions {
  /** Instead of the one that the settings name; it is closed with the application all the same. */
  readonly log?: EventLog;
  /** Where they are being opened already. */
  readonly stores?: Promise<Stores>;
  readonly clock?: () => Date;
  /** Bounds of the feed, in ms and bytes, where they are not the usual ones. */
  readonly feed?: { readonly heartbeatMs?: number; readonly unsentBytesMax?: number };
  /** Logs nothing but errors: for the command line and tests. */
  readonly quiet?: boolean;
}

/**
 * The one place where everything is wired: service, tests and the command line without a service all get it here. It is
 * ready for `inject`, and does not listen.
 */
export const createApp = async (settings: Settings, options: CreateOptions = {}): Promise<NestFastifyApplication> => {
  const isQuiet = options.quiet === true;
  const logger = new ServiceLogger(isQuiet);
  // Before anything is said, and not only once the application is there.
  Logger.overrideLogger(logger);
  const notices = new Logger('tollbook');
  // Who waits at a terminal is told why, and what is piped on from there has no line of ours in it.
  const onNotice = (message: string): void =>
    isQuiet ? void process.stderr.write(`${message}\n`) : notices.warn({ message });
  const { log, viewsDirectory, release } = await (options.stores ?? openStores(settings, options.log, onNotice));
  let tollbook: Tollbook | null = null;
  try {
    tollbook = await openTollbook({
      log,
      viewsDirectory,
      ...options.feed,
      ...(options.clock !== undefined && { clock: options.clock }),
      onNotice: ({ level, message, error }) => {
        const text = error instanceof Error ? { message, error: error.stack ?? error.message } : { message };
        if (level === 'error') notices.error(text);
        else if (level === 'warn') notices.warn(text);
        else notices.log(text);
      },
    });
    const failures = new FailureLog(new Logger('http'), () => performance.now());
    const adapter = new ProblemAdapter(failures);
    return await appOn({ settings, log, tollbook, adapter, release }, failures, logger);
  } catch (error) {
    // A log that is left open keeps the process: it would stand there and serve nobody.
    await tollbook?.close();
    await log.close();
    release();
    throw error;
  }
};

const appOn = async (wired: Wired, failures: FailureLog, logger: ServiceLogger): Promise<NestFastifyApplication> => {
  const { settings, adapter } = wired;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(wired), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger,
  });
  const fastify = adapter.getInstance();
  installHooks(fastify, {
    access: app.get(Access),
    metrics: app.get(HttpMetrics),
    corsOrigins: settings.corsOrigins,
    routes: adapter.routes,
  });
  guardDocsPage(fastify);
  app.useGlobalFilters(new ProblemFilter(failures));
  const version = await packageVersion();
  serveDocs(app, fastify, () => createDocument(app, version));
  await servePages(fastify, pagesDirectory, settings.publicRead ? ['*'] : settings.corsOrigins);
  await app.init();
  await fastify.ready();
  return app;
};

/** Whoever holds the application may do everything: send it as `Authorization: Bearer …`. */
export const inProcessToken = (app: NestFastifyApplication): string => app.get(Access).inProcessToken;

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** No key has been made yet. */
  readonly isOpen: boolean;
  close(): Promise<void>;
}

/** Creates the application and listens. @throws SettingsError where it must not listen there */
export const startService = async (settings: Settings, options: CreateOptions = {}): Promise<RunningService> => {
  const app = await createApp(settings, options);
  try {
    const isOpen = app.get(Access).isOpen();
    if (isOpen && !isLoopbackHost(settings.host))
      throw new SettingsError(
        `TOLLBOOK_HOST ${settings.host} is reached from other machines, and no key has been made yet: anybody could ` +
          'file. Make one first (tollbook keys create --role admin), or listen on 127.0.0.1.',
      );
    await app.listen(settings.port, settings.host);
    return { app, url: urlOf(app), isOpen, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
};

const urlOf = (app: NestFastifyApplication): string => {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
};

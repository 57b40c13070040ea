import { Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from './access.js';
import { sendJson } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import type { Caller } from './roles.js';
import { forgetKey, keepKey, refuseForeignPage } from './session-cookie.js';
import { sessionAskedSchema, sessionSchema, type SessionAsked } from './shapes/session.js';

/** Sign-in of the pages: an API key in a cookie that no script can read. Programs send their key with each call. */
@ApiTags('keys')
@Controller('v1/session')
export class SessionController {
  constructor(private readonly access: Access) {}

  @Post()
  @Call({
    role: 'anyone',
    summary: 'Sign a browser in with a key',
    body: true,
    answer: { status: 201, description: 'Signed in; the key is in an HttpOnly cookie.', schema: sessionSchema },
    problems: ['unauthenticated', 'cross-site', 'invalid-key'],
  })
  signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @JsonBody(sessionAskedSchema, 'invalid-key') { key }: SessionAsked,
  ): void {
    refuseForeignPage(request);
    const caller = this.access.callerWithKey(key);
    keepKey(request, reply, key);
    send(reply, 201, caller);
  }

  @Get()
  @Call({
    role: 'anyone',
    summary: 'As whom this browser, or this key, is known',
    answer: {
      status: 200,
      description: 'Role `anyone` where it is not; `all` while no key exists.',
      schema: sessionSchema,
    },
  })
  whoAmI(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    send(reply, 200, request.caller);
  }

  @Delete()
  @Call({
    role: 'anyone',
    summary: 'Sign this browser out',
    answer: { status: 200, description: 'Signed out.', schema: sessionSchema },
    problems: ['cross-site'],
  })
  signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    refuseForeignPage(request);
    forgetKey(request, reply);
    send(reply, 200, { role: 'anyone', desk: '', person: null });
  }
}

const send = (reply: FastifyReply, status: number, { role, desk, person }: Caller): void => {
  reply.header('cache-control', 'no-store');
  sendJson(reply, status, { role, desk: desk === '' ? null : desk, person });
};

// Registers two accounts, logs in, sends, reads and hears a push over gRPC-Web, with Connect and what protoc-gen-es
// makes of the protos.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { fromBinary } from "@bufbuild/protobuf";
import { CommonResponseSchema } from "./generated/common_pb.js";
import { ConversationService } from "./generated/conversation_pb.js";
import { MessageService } from "./generated/message_pb.js";
import { MessagePushSchema } from "./generated/realtime_pb.js";
import { SessionService } from "./generated/session_pb.js";
import { UserService, type User } from "./generated/user_pb.js";

declare const process: { argv: string[] };

const baseUrl = process.argv[2];
const password = "sunny-cat-42";
const anybody = createClient(UserService, createGrpcWebTransport({ baseUrl }));

function equal(expected: unknown, actual: unknown): void {
  if (expected !== actual) {
    throw new Error(`expected ${expected}, got ${actual}`);
  }
}

async function register(nickname: string): Promise<User> {
  return (await anybody.createUser({ nickname, password, passwordRpt: password })).user!;
}

async function login(nickname: string) {
  const { token } = await anybody.userLogin({ nickname, password });
  return createGrpcWebTransport({
    baseUrl,
    interceptors: [
      (next) => (request) => {
        request.header.set("authorization", `bearer ${token}`);
        return next(request);
      },
    ],
  });
}

async function refusal(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error("was not refused");
}

const ann = await register("connect-ann");
const bob = await register("connect-bob");
equal("connect-ann", ann.nickname);

const refused = await refusal(anybody.userLogin({ nickname: "connect-ann", password: "wrong-cat-42" }));
equal(Code.Unauthenticated, refused.code);
equal(2002n, refused.findDetails(CommonResponseSchema)[0].businessCode);

const anns = await login("connect-ann");
const messages = createClient(MessageService, anns);
const sent = await messages.sendUserTextMessage({
  toUserId: bob.id,
  text: { content: "hi bob" },
  clientMessageId: "try-1",
});
equal(1n, sent.seq);

const read = await createClient(ConversationService, anns).history({ conversationId: sent.conversationId, afterSeq: 0n });
equal(1, read.message.length);
const content = read.message[0].content;
equal("hi bob", content.case === "text" ? content.value.content : content.case);

// Nobody tells when a subscription is there to hear, so knock until it has.
const bobs = createClient(ConversationService, await login("connect-bob"));
const listening = new AbortController();
const pushes = bobs.subscribe({ deviceId: "test" }, { signal: listening.signal })[Symbol.asyncIterator]();
let heard = false;
const first = pushes.next().then((push) => {
  heard = true;
  return push.value!;
});
while (!heard) {
  await messages.sendUserTextMessage({ toUserId: bob.id, text: { content: "knock" } });
  await new Promise((resolve) => setTimeout(resolve, 50));
}
const push = await first;
equal("push.message", push.cmd);
equal(ann.id, fromBinary(MessagePushSchema, push.data).message!.senderId);
listening.abort();

const sessions = createClient(SessionService, anns);
await sessions.logout({});
equal(Code.Unauthenticated, (await refusal(sessions.listSessions({}))).code);
console.log("done");

// Registers two accounts, logs in, sends and reads through what openapi-generator makes for fetch.
import {
  Configuration,
  ConversationApi,
  MessageApi,
  ProfileApi,
  ResponseError,
  SessionApi,
  UserApi,
  type UserUser,
} from "./generated/index.js";

declare const process: { argv: string[] };

const basePath = process.argv[2];
const anybody = new UserApi(new Configuration({ basePath }));

function equal(expected: unknown, actual: unknown): void {
  if (expected !== actual) {
    throw new Error(`expected ${expected}, got ${actual}`);
  }
}

async function refusal(call: Promise<unknown>): Promise<Response> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ResponseError) {
      return error.response;
    }
    throw error;
  }
  throw new Error("was not refused");
}

async function register(nickname: string): Promise<UserUser> {
  const password = "sunny-cat-42";
  const made = await anybody.createUser({ userUserCreateRequest: { nickname, password, passwordRpt: password } });
  return made.user!;
}

const ann = await register("ts-ann");
const bob = await register("ts-bob");
equal("ts-ann", ann.nickname);
equal(true, ann.createdAt instanceof Date);

const refused = await refusal(
  anybody.userLogin({ userUserLoginRequest: { nickname: "ts-ann", password: "wrong-cat-42" } }),
);
equal(401, refused.status);
equal("2002", (await refused.json()).business_code);

const session = await anybody.userLogin({ userUserLoginRequest: { nickname: "ts-ann", password: "sunny-cat-42" } });
const mine = new Configuration({ basePath, accessToken: session.token });

const sent = await new MessageApi(mine).sendUserTextMessage({
  toUserId: bob.id!,
  messageSendUserTextMessageRequest: { text: { content: "hi bob" }, clientMessageId: "try-1" },
});
equal("1", sent.seq);

const read = await new ConversationApi(mine).history({ conversationId: sent.conversationId!, afterSeq: "0", limit: 10 });
equal(1, read.message!.length);
equal("hi bob", read.message![0].text!.content);

await new SessionApi(mine).logout();
equal(401, (await refusal(new ProfileApi(mine).getProfile())).status);
console.log("done");

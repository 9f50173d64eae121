// Registers two accounts, logs in, sends and reads through openapi-fetch with the types of openapi-typescript.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

type User = components["schemas"]["user.User"];

const baseUrl = process.argv[2];
const anybody = createClient<paths>({ baseUrl });

function equal(expected: unknown, actual: unknown): void {
  if (expected !== actual) {
    throw new Error(`expected ${expected}, got ${actual}`);
  }
}

async function register(nickname: string): Promise<User> {
  const password = "sunny-cat-42";
  const { data } = await anybody.POST("/v1/users", { body: { nickname, password, password_rpt: password } });
  return data!.user!;
}

const ann = await register("fetch-ann");
const bob = await register("fetch-bob");
equal("fetch-ann", ann.nickname);

const refused = await anybody.POST("/v1/login", { body: { nickname: "fetch-ann", password: "wrong-cat-42" } });
equal(401, refused.response.status);
equal("2002", refused.error!.business_code);

const { data: session } = await anybody.POST("/v1/login", { body: { nickname: "fetch-ann", password: "sunny-cat-42" } });
const client = createClient<paths>({ baseUrl, headers: { authorization: `bearer ${session!.token}` } });

const { data: sent } = await client.POST("/v1/users/{to_user_id}/messages/text", {
  params: { path: { to_user_id: bob.id! } },
  body: { text: { content: "hi bob" }, client_message_id: "try-1" },
});
equal("1", sent!.seq);

const { data: read } = await client.GET("/v1/conversations/{conversation_id}/messages", {
  params: { path: { conversation_id: sent!.conversation_id! }, query: { after_seq: "0", limit: 10 } },
});
equal(1, read!.message!.length);
equal("hi bob", read!.message![0].text!.content);
equal("TEXT", read!.message![0].type);

const { response: gone } = await client.POST("/v1/logout");
equal(200, gone.status);
equal(401, (await client.GET("/v1/me")).response.status);
console.log("done");

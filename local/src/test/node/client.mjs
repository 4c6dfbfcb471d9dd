// The client of the protocol's project against the endpoint at the address in argv[2]: lists the tools, calls each with
// the arguments that argv[3] has for it, and prints their results. The client checks each result against its schema.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({ name: 'replay-linker-test', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));
const calls = JSON.parse(process.argv[3]);
const results = {};
const { tools } = await client.listTools();
for (const { name } of tools) {
  const result = await client.callTool({ name, arguments: calls[name] ?? {} });
  results[name] = { isError: result.isError, status: result.structuredContent?.status, text: result.content[0].text };
}
await client.close();
console.log(JSON.stringify(results));

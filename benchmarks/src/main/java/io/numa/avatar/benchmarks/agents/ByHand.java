package io.numa.avatar.benchmarks.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.testkit.model.ModelServer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The least that a program can do to have an agent work: it starts the agent with the model's own
 * address and key, sends three requests, and passes over all lines but the answers.
 */
record ByHand(Site site, List<String> command) implements Contender {
  @Override
  public Lived live() throws IOException, InterruptedException {
    Path tree = site.tree();
    var builder =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "OPENAI_BASE_URL", site.baseUrl().toString(),
                "OPENAI_API_KEY", Site.KEY,
                "OPENAI_MODEL", ModelServer.MODEL));
    long begin = System.nanoTime();
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream();
        BufferedReader output = process.inputReader(UTF_8)) {
      ask(input, output, 1, "initialize", "\"protocolVersion\":1,\"clientCapabilities\":{}");
      ask(input, output, 2, "session/new", "\"cwd\":\"" + tree + "\",\"mcpServers\":[]");
      long ready = System.nanoTime();
      ask(
          input,
          output,
          3,
          "session/prompt",
          "\"sessionId\":\"session-0123456789abcdef\",\"prompt\":[{\"type\":\"text\",\"text\":\"Go\"}]");
      long done = System.nanoTime();
      input.close();
      int ignored = process.waitFor();
      return new Lived(ready - begin, done - ready, System.nanoTime() - done);
    }
  }

  private static void ask(
      OutputStream input, BufferedReader output, int id, String method, String params)
      throws IOException {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":{"
            + params
            + "}}\n";
    input.write(request.getBytes(UTF_8));
    input.flush();
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",";
    String line = output.readLine();
    while (line != null && !line.startsWith(answer)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new EOFException("the agent ended");
    }
  }
}

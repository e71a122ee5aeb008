package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A package client of this machine, run with a HOME and no settings of the operator. */
record ClientProgram(Path program, Path home, Path folder) {
  record Result(int exit, String output) {}

  /** The program of the search path; the test is skipped, with a reason, where there is none. */
  static ClientProgram find(String name, Path home, Path folder) {
    for (String place : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(place, name);
      // A shim needs the operator's HOME.
      if (Files.isExecutable(program) && !place.contains("/shims")) {
        return new ClientProgram(program, home, folder);
      }
    }
    assumeTrue(false, "SKIPPED: this machine has no " + name);
    throw new AssertionError();
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  Result run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home, "output", ".txt");
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(List.of("PATH", "JAVA_HOME"));
    variables.put("HOME", home.toString());
    // As in a sandbox: everything but loopback is asked of a proxy, here one that is not there.
    for (String name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
      variables.put(name, "http://127.0.0.1:9");
    }
    variables.put("no_proxy", "localhost,127.0.0.1,::1");
    variables.put("NO_PROXY", "localhost,127.0.0.1,::1");
    variables.putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(2, MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(program + " took more than two minutes");
    }
    return new Result(process.exitValue(), Files.readString(output, UTF_8));
  }
}

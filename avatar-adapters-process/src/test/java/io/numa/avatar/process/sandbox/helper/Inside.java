package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;

/** The program {@link InsideMain} in a network that the helper made. */
final class Inside implements AutoCloseable {
  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;

  private Inside(Process process) {
    this.process = process;
    to = new PrintStream(process.getOutputStream(), true, US_ASCII);
    from = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
  }

  /** Starts it; the words are those that start the helper with the program. */
  static Inside start(List<String> words) throws IOException {
    return new Inside(new ProcessBuilder(words).redirectError(Redirect.INHERIT).start());
  }

  /** Asks it to do something, and returns its answer. */
  String ask(String... words) throws IOException {
    to.println(String.join(" ", words));
    String answer = from.readLine();
    assertThat(answer).as("the answer to %s", List.of(words)).isNotNull();
    return answer;
  }

  /** The processor time that the helper has used outside. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() throws InterruptedException {
    to.close();
    boolean ended = process.waitFor(20, SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
  }
}

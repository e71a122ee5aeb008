package io.numa.avatar.cli.command.common;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests how a shell sees the end of the process. systemd takes a process that a signal has ended
 * for an orderly stop, and one that ends with the code 143 for a failure.
 */
class ProcessEndTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0", "2 | 2", "143 | Terminated 143", "129 | Hangup 129"})
  void isByTheSignalThatStoppedTheProgram(int exitCode, String expected) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                // The shell names the signal that has ended its child, and only then prints more.
                "\"$@\"; echo $?",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                String.valueOf(exitCode))
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.strip().replaceAll("\\s+", " ")).isEqualTo(expected);
  }

  /** The program that ends. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] arguments) {
      ProcessEnd.with(Integer.parseInt(arguments[0]));
    }
  }
}

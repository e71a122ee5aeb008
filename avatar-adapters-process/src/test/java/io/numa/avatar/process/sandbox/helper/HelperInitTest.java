package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The helper as the first process of a PID namespace. */
class HelperInitTest {
  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void needsNamespaces() throws Exception {
    lab = new Lab(folder);
    assumeThat(init(Caller.least(), "exit 7")).isEqualTo(new Lab.Result(7, ""));
  }

  private static List<String> words(Caller caller, String script) {
    return caller.start(
        Lists.join(
            List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
            caller == Caller.ROOT ? List.of() : List.of("--user", "--map-current-user"),
            List.of(lab.helper(), "inner", "--init", "yes", "--"),
            Lab.shell(script)));
  }

  private static Lab.Result init(Caller caller, String script) throws Exception {
    return Lab.run(words(caller, script));
  }

  private static Lab.Result init(String script) throws Exception {
    return init(Caller.least(), script);
  }

  private static Process waiting() throws Exception {
    var words = new ArrayList<>(words(Caller.least(), "cat; echo done"));
    words.addAll(words.indexOf("--init"), List.of("--ready", "wait"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    return process;
  }

  @Test
  void theCommandWaitsForAByteAndReadsNone() throws Exception {
    Process process = waiting();

    try (var input = process.getOutputStream()) {
      input.write('\n');
      input.flush();
      assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("done\n");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void endsWithoutTheCommandIfNoByteComes() throws Exception {
    Process process = waiting();

    process.getOutputStream().close();

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 1, 1",
    "exit 125, 125",
    "exit 255, 255",
    "kill -KILL $$, 137",
    "kill -TERM $$, 143",
    "kill -SEGV $$, 139",
    "exec /bin/false, 1"
  })
  void endsAsTheCommandEnds(String script, int code) throws Exception {
    assertThat(init(script)).isEqualTo(new Lab.Result(code, ""));
  }

  @ParameterizedTest
  @MethodSource("io.numa.avatar.process.sandbox.helper.Caller#possible")
  void theCommandHasNoPrivileges(Caller caller) throws Exception {
    String status = init(caller, "cat /proc/self/status").output();

    assertThat(status)
        .containsPattern("CapInh:\\s0{16}\n")
        .containsPattern("CapPrm:\\s0{16}\n")
        .containsPattern("CapEff:\\s0{16}\n")
        .containsPattern("CapAmb:\\s0{16}\n")
        .containsPattern("NoNewPrivs:\\s1\n");
    if (caller == Caller.ROOT) { // to change this set is a privilege, and without one it gives none
      assertThat(status).containsPattern("CapBnd:\\s0{16}\n");
    }
  }

  @ParameterizedTest
  @MethodSource("io.numa.avatar.process.sandbox.helper.Caller#possible")
  void theFirstProcessCannotBeReadOrEnded(Caller caller) throws Exception {
    var result =
        init(
            caller,
            """
            for file in environ maps auxv syscall stack io; do
              cat /proc/1/$file > /dev/null 2>&1 && echo "reads $file"
            done
            for file in cwd exe root fd/0 ns/net; do
              readlink /proc/1/$file > /dev/null && echo "reads $file"
            done
            (exec 5< /proc/1/mem) 2> /dev/null && echo "reads mem"
            kill -KILL 1
            kill -SEGV 1
            exit 9
            """);

    assertThat(result.output().lines().filter(line -> line.contains("reads"))).isEmpty();
    assertThat(result.code()).isEqualTo(9);
  }

  @Test
  void orphansAreReaped() throws Exception {
    var result =
        init(
            """
            i=0; while [ $i -lt 50 ]; do (true & ) ; i=$((i + 1)); done
            while cat /proc/[0-9]*/status 2> /dev/null | grep -q 'State:.Z'; do sleep 0.01; done
            exit 3
            """);

    assertThat(result).isEqualTo(new Lab.Result(3, ""));
  }

  @Test
  void aCommandThatLeavesNothingEndsAtOnce() throws Exception {
    // Several times, as a busy machine may cause a delay.
    for (int i = 0; i < 20; i++) {
      if (time("true").compareTo(Duration.ofMillis(350)) < 0) {
        return;
      }
    }
    fail("it waits for leftovers where there are none");
  }

  @Test
  void whatTheCommandLeavesIsAskedToEndAndThenEnded() throws Exception {
    Path told = Files.createFile(folder.resolve("told"));
    Lab.open(told);
    String polite = "trap 'echo asked; exit' TERM; sleep 60 & echo up; wait";

    var time =
        time(
            "(%1$s) > '%2$s' 2>&1 &\n(trap '' TERM; sleep 60) > /dev/null 2>&1 &\n"
                    .formatted(polite, told)
                + "until [ -s '%s' ]; do sleep 0.01; done".formatted(told));

    assertThat(time).isBetween(Duration.ofMillis(550), Duration.ofSeconds(30));
    assertThat(told).hasContent("up\nasked");
  }

  @Test
  void whatEndsByItselfIsNotAskedTo() throws Exception {
    Path told = Files.createFile(folder.resolve("not-told"));
    Lab.open(told);

    init("(trap 'echo asked > \"%s\"' TERM; sleep 0.1) > /dev/null 2>&1 &".formatted(told));

    assertThat(told).isEmptyFile();
  }

  /** The line "rest" would not come 0.4 s after the command's end. */
  @Test
  void thatWasAskedToEndItWaitsForTheRest() throws Exception {
    var process =
        new ProcessBuilder(
                words(
                    Caller.least(),
                    "(sleep 1.2; echo rest) &\necho \"$$\"; kill -TERM 1; sleep 0.1; exit 6"))
            .start();

    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, SECONDS)).isTrue();

    assertThat(output).endsWith("rest\n");
    assertThat(process.exitValue()).isEqualTo(6);
  }

  @Test
  void elsewhereItIsNoInit() throws Exception {
    var result = Lab.run(lab.inner(Caller.least(), List.of("--init", "yes"), List.of("/bin/true")));

    assertThat(result)
        .isEqualTo(
            new Lab.Result(
                125, "avatar-sandbox: --init: not the first process of a PID namespace\n"));
  }

  private static Duration time(String script) throws Exception {
    long start = System.nanoTime();
    init(script);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}

package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The helper as the process that stays outside. */
class HelperOuterTest {
  private static final String CALLERS = "io.numa.avatar.process.sandbox.helper.Caller#possible";

  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void makeLab() throws Exception {
    lab = new Lab(folder);
  }

  private static Lab.Result run(Caller caller, List<String> options, String script)
      throws Exception {
    return Lab.run(lab.outer(caller, options, Lab.shell(script)));
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 7, 7",
    "exit 255, 255",
    "kill -KILL $$, 137",
    "kill -TERM $$, 143"
  })
  void endsAsTheCommandEnds(String script, int code) throws Exception {
    assertThat(run(Caller.least(), List.of(), script)).isEqualTo(new Lab.Result(code, ""));
  }

  @ParameterizedTest
  @MethodSource(CALLERS)
  void theNetworkHasALoopbackAndNothingElse(Caller caller) throws Exception {
    var devices = run(caller, List.of(), "cat /proc/net/dev /proc/net/route /proc/net/if_inet6");

    assertThat(devices.output().lines().skip(2).filter(line -> line.contains(":")))
        .singleElement()
        .asString()
        .contains("lo:");
    assertThat(devices.code()).isZero();
  }

  @ParameterizedTest
  @MethodSource(CALLERS)
  void theCommandHasNoRightsOverTheNetwork(Caller caller) throws Exception {
    String status = run(caller, List.of("--dns", "yes"), "cat /proc/self/status").output();

    long network = 1L << 10 | 1L << 11 | 1L << 12 | 1L << 13;
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
      long capabilities = Long.parseUnsignedLong(value(status, set), 16);
      assertThat(capabilities & network).as(set).isZero();
      if (caller.users().equals("own")) {
        long mayMapRoot = caller == Caller.USER ? 0 : 1L << 31;
        assertThat(capabilities & ~mayMapRoot).as(set).isZero();
      }
    }
  }

  private static String value(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource(CALLERS)
  void noDescriptorComesToTheCommand(Caller caller) throws Exception {
    var options = List.of("--dns", "yes", "--ports", "80,443", "--name", "a.example");

    String script = "cd /proc/$$/fd && echo *"; // the shell reads the folder by one of its own

    assertThat(run(caller, options, script)).isEqualTo(Lab.run(Lab.shell(script)));
  }

  /** Signals and limits are those that the helper was started with. */
  @Test
  void theCommandIsStartedAsTheHelperWas() throws Exception {
    String script = "grep -E '^(SigBlk|SigIgn)' /proc/self/status; ulimit -S -n; ulimit -H -n";
    var limited = "ulimit -S -n 77; ";
    var direct = Lab.run(Caller.least().start(Lab.shell(limited + script)));
    var words = lab.outer(Caller.least(), List.of("--dns", "yes"), Lab.shell(script));

    var started = Lab.run(Lists.join(Lab.shell(limited + "exec \"$@\""), List.of("sh"), words));

    assertThat(started).isEqualTo(direct);
  }

  @Test
  void theOuterProcessCannotBeRead() throws Exception {
    var result =
        run(
            Caller.least(),
            List.of(),
            "for f in environ mem maps fd; do ls /proc/$PPID/fd; cat /proc/$PPID/$f; done");

    assertThat(result.output().lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("Permission denied"));
  }

  @Test
  void aRequestToEndIsPassedOn() throws Exception {
    var process = start("trap 'kill $!; exit 5' TERM; sleep 60 & echo ready; wait");
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");

    process.destroy();

    assertThat(process.waitFor(10, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
  }

  @Test
  void theCommandDiesWithTheOuterProcess() throws Exception {
    var process = start("echo $$; exec sleep 60");
    long pid = Long.parseLong(process.inputReader(UTF_8).readLine());
    var command = ProcessHandle.of(pid).orElseThrow();

    process.toHandle().destroyForcibly();

    assertThat(command.onExit().get(10, SECONDS)).isEqualTo(command);
  }

  private static Process start(String script) throws IOException {
    return new ProcessBuilder(lab.outer(Caller.least(), List.of("--dns", "yes"), Lab.shell(script)))
        .start();
  }

  @ParameterizedTest
  @MethodSource(CALLERS)
  void aLayerTakesWhatIsWritten(Caller caller) throws Exception {
    Path base = Files.createDirectory(folder.resolve("base: a\\b, " + caller));
    Lab.open(base);
    for (String name : List.of("lower", "upper", "work", "target")) {
      Lab.open(Files.createDirectory(base.resolve(name)));
    }
    Path file = Files.writeString(base.resolve("lower/file"), "old");
    Lab.open(file);
    if (Caller.isRoot()) {
      int owner = caller == Caller.USER ? 65534 : 0;
      Files.setAttribute(file, "unix:uid", owner);
      Files.setAttribute(file, "unix:gid", owner);
    }
    String layer =
        Stream.of("lower", "upper", "work", "target")
            .map(name -> base.resolve(name).toString().replace("\\", "\\\\").replace(":", "\\:"))
            .reduce((left, right) -> left + ":" + right)
            .orElseThrow();

    var result =
        run(
            caller,
            List.of("--overlay", layer),
            "cd '%s/target' && cat file && echo new > file && rm -f none && echo more > other && ls"
                .formatted(base));

    assertThat(result).isEqualTo(new Lab.Result(0, "oldfile\nother\n"));
    assertThat(base.resolve("lower/file")).hasContent("old");
    assertThat(base.resolve("upper/file")).hasContent("new");
    assertThat(base.resolve("target")).isEmptyDirectory();
    // The kernel makes it without permissions.
    Files.deleteIfExists(base.resolve("work/work"));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("usage", List.of("outer")),
        Arguments.of("usage", List.of("outer", "--dns", "yes")),
        Arguments.of("usage", List.of("outer", "--")),
        Arguments.of("true: no absolute path", List.of("outer", "--", "true")),
        Arguments.of("/none: no such file", List.of("outer", "--", "/none")),
        Arguments.of("/: permission denied", List.of("outer", "--", "/")),
        Arguments.of("--net: ", List.of("outer", "--net", "all", "--", "/bin/true")),
        Arguments.of("--userns: ", List.of("outer", "--userns", "", "--", "/bin/true")),
        Arguments.of("--none: no such option", List.of("outer", "--none", "1", "--", "/bin/true")),
        Arguments.of("--dns: needs yes or no", List.of("outer", "--dns", "1", "--", "/bin/true")),
        Arguments.of("--socket: ", List.of("outer", "--socket", "relative", "--", "/bin/true")),
        Arguments.of("--socket: ", List.of("outer", "--socket", "/" + "a".repeat(107), "--", "/x")),
        Arguments.of("usage", List.of("inside")),
        Arguments.of("--filter: ", List.of("inner", "--filter", "all", "--", "/bin/true")),
        Arguments.of("--rlimit-data: ", List.of("inner", "--rlimit-data", "1k", "--", "/bin/true")),
        Arguments.of(
            "--rlimit-data: ",
            List.of("inner", "--rlimit-data", "18446744073709551616", "--", "/bin/true")),
        Arguments.of("/none: no such file", List.of("inner", "--cgroup", "/none", "--", "/x")),
        Arguments.of("NOTIFY_SOCKET", List.of("notify", "READY=1")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneLineAndOneCode(String start, List<String> words) throws Exception {
    var process =
        new ProcessBuilder(Lists.join(List.of(lab.helper()), words)).redirectErrorStream(true);
    process.environment().put("NOTIFY_SOCKET", "relative");

    var started = process.start();

    String output = new String(started.getInputStream().readAllBytes(), UTF_8);
    assertThat(output).startsWith("avatar-sandbox: " + start).endsWith("\n").hasLineCount(1);
    assertThat(started.waitFor()).isEqualTo(125);
  }

  static Stream<List<String>> networkMistakes() {
    return Stream.of(
        List.of("--ports", "80,,443"),
        List.of("--ports", "0"),
        List.of("--ports", "65536"),
        List.of("--ports", "80,"),
        List.of("--ports", "1" + ",2".repeat(64)),
        List.of("--local", "x"),
        List.of("--address", "10.0.0"),
        List.of("--address", "10.0.0.256"),
        List.of("--address", "10.0.0.5.6"),
        List.of("--address", "127.1.2.3"),
        List.of("--address", "0.0.0.0"),
        List.of("--address", "fd00::g"),
        List.of("--address", "fd00:::1"),
        List.of("--address", "fd00::1::2"),
        List.of("--address", "1:2:3:4:5:6:7"),
        List.of("--address", "1:2:3:4:5:6:7:8:9"),
        List.of("--name", ""),
        List.of("--name", "a_b"),
        List.of("--name", "10.0.0.5"));
  }

  @ParameterizedTest
  @MethodSource("networkMistakes")
  void aMistakeInTheNetworkIsTold(List<String> options) throws Exception {
    var result = run(Caller.least(), options, "exit 0");

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.output()).startsWith("avatar-sandbox: " + options.get(0) + ": needs ");
  }

  @Test
  void withoutRightsTheReasonIsTold() throws Exception {
    assumeThat(Caller.isRoot()).isTrue();
    var words = List.of(lab.helper(), "outer", "--net", "none", "--", "/bin/true");

    assertThat(Lab.run(Caller.USER.start(words)))
        .isEqualTo(
            new Lab.Result(
                125, "avatar-sandbox: make a network namespace: operation not permitted\n"));
  }
}

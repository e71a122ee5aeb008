package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits that a process sets itself. */
class HelperLandlockTest {
  private static final List<String> SYSTEM =
      List.of(
          "--execute-read",
          "/usr",
          "--execute-read",
          "/bin",
          "--execute-read",
          "/lib",
          "--execute-read",
          "/lib64",
          "--read",
          "/etc",
          "--read",
          "/none",
          "--write",
          "/dev/null");

  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void makeLab() throws Exception {
    lab = new Lab(folder);
  }

  private static void needsVersion(int least) throws Exception {
    assumeThat(landlock()).as("the version of Landlock").isGreaterThanOrEqualTo(least);
  }

  private static int landlock() throws Exception {
    String probe = Lab.run(List.of(lab.helper(), "probe")).output();
    var version =
        Pattern.compile("landlock (\\d+)\nuserns (yes|no)\nseccomp (yes|no)\narch x86_64\n");
    var matcher = version.matcher(probe);
    assertThat(matcher.matches()).as(probe).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static Lab.Result run(List<String> options, String script) throws Exception {
    return Lab.run(lab.inner(Caller.least(), options, Lab.shell(script)));
  }

  private Path file(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, US_ASCII);
    Lab.open(file.getParent());
    Lab.open(file);
    return file;
  }

  @Test
  void onlyTheNamedPathsAreSeenAndOnlySomeAreWritten() throws Exception {
    needsVersion(1);
    Path tree = file("tree/file", "tree\n");
    Path other = file("other/file", "other\n");
    Path read = file("read/file", "read\n");
    var options =
        Lists.join(
            SYSTEM,
            List.of("--write", tree.getParent().toString()),
            List.of("--read", read.getParent().toString()));

    var result =
        run(
            options,
            """
            cd '%s'
            cat tree/file read/file
            echo new > tree/file && mkdir tree/a && mv tree/file tree/a/file && cat tree/a/file
            cat other/file; echo bad > read/file; echo bad > other/file; rm read/file; ls other
            tree/a/file; read/file
            """
                .formatted(folder));

    assertThat(result.output().lines().filter(line -> !line.contains("ermission denied")))
        .containsExactly("tree", "read", "new");
    assertThat(result.output().lines().filter(line -> line.contains("ermission denied")))
        .hasSize(7);
    assertThat(read).hasContent("read");
    assertThat(other).hasContent("other");
  }

  @Test
  void aTreeCanBeWrittenAndExecuted() throws Exception {
    needsVersion(1);
    Path script = file("build/run", "#!/bin/sh\necho runs\n");
    String build = script.getParent().toString();

    var result =
        run(Lists.join(SYSTEM, List.of("--write", build, "--execute-read", build)), "" + script);

    assertThat(result).isEqualTo(new Lab.Result(0, "runs\n"));
  }

  @Test
  void signalsStayWithin() throws Exception {
    needsVersion(6);
    var outside = new ProcessBuilder(Caller.least().start(List.of("/bin/sleep", "60"))).start();
    try {
      String kill = "kill -0 " + outside.pid();

      assertThat(run(List.of(), kill).code()).isZero();
      assertThat(run(List.of("--landlock", "scope"), kill).output()).contains("not permitted");
      assertThat(run(List.of("--landlock", "scope"), "sleep 9 & kill $!").code()).isZero();
    } finally {
      outside.destroy();
    }
  }

  @Test
  void limitsAreSet() throws Exception {
    var options =
        List.of(
            "--rlimit-nproc", "1234", "--rlimit-data", "1073741824", "--rlimit-fsize", "1048576");

    var limits = run(options, "cat /proc/self/limits");

    assertThat(limits.output())
        .containsPattern("Max processes +1234 +1234 ")
        .containsPattern("Max data size +1073741824 +1073741824 ")
        .containsPattern("Max file size +1048576 +1048576 ")
        .containsPattern("Max core file size +0 +0 ");
  }

  @Test
  void readinessIsTheFirstLine() throws Exception {
    assertThat(run(List.of("--ready", "yes"), "echo out")).isEqualTo(new Lab.Result(0, "\nout\n"));
  }
}

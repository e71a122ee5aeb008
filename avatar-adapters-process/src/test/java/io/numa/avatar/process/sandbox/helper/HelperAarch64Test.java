package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.process.sandbox.helper.DnsMessage.Answer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The helper for aarch64, under an emulator. That has threads of its own, so that it can make no
 * user namespace; and it passes on no filter and no Landlock.
 */
class HelperAarch64Test {
  private static final Path EMULATOR = Path.of("/usr/bin/qemu-aarch64-static");

  @TempDir static Path folder;
  private static Lab lab;
  private static List<String> helper;

  @BeforeAll
  static void needsAnEmulator() throws Exception {
    assumeThat(EMULATOR).isExecutable();
    lab = new Lab(folder);
    helper = List.of(EMULATOR.toString(), lab.add("avatar-sandbox-aarch64").toString());
  }

  @Test
  void tellsItsArchitecture() throws Exception {
    var probe = Lab.run(Lists.join(helper, List.of("probe")));

    assertThat(probe.output()).endsWith("arch aarch64\n");
    assertThat(probe.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 7, 7", "kill -KILL $$, 137"})
  void isAnInit(String script, int code) throws Exception {
    assumeThat(Caller.isRoot()).isTrue();
    var words =
        Lists.join(
            List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
            helper,
            List.of("inner", "--init", "yes", "--ready", "yes", "--"),
            Lab.shell("grep CapEff /proc/self/status; " + script));

    assertThat(Lab.run(words)).isEqualTo(new Lab.Result(code, "\nCapEff:\t0000000000000000\n"));
  }

  @Test
  void givesUpPrivileges() throws Exception {
    var status =
        Lab.run(Lists.join(helper, List.of("inner", "--", "/bin/cat", "/proc/self/status")));

    assertThat(status.output())
        .containsPattern("CapPrm:\\s0{16}\n")
        .containsPattern("NoNewPrivs:\\s1\n");
  }

  @Test
  void servesNamesAndConnections() throws Exception {
    assumeThat(Caller.isRoot()).isTrue();
    var options =
        List.of("outer", "--userns", "none", "--net", "none", "--dns", "yes", "--ports", "80");
    byte[] query = DnsMessage.query(1, "a.example", DnsMessage.A);
    byte[] bad = DnsMessage.query(1, new byte[] {(byte) 0xc0, 12}, DnsMessage.A, 1);
    byte[] last = DnsMessage.query(2, "a.example", DnsMessage.A);
    try (var avatar = new AvatarSocket(folder.resolve("avatar"));
        var inside =
            Inside.start(
                Lists.join(
                    helper, options, List.of("--socket", avatar.path(), "--"), lab.insideMain()))) {

      assertThat(DnsMessage.read(inside.ask("ask", hex(query), hex(last))))
          .isEqualTo(new Answer(0, 1, "127.1.0.1"));
      assertThat(DnsMessage.read(inside.ask("ask", hex(bad), hex(last))).code()).isEqualTo(1);
      assertThat(inside.ask("echo", "127.1.0.1", "80", "200000")).isEqualTo("same");
      assertThat(inside.ask("connect", "127.1.0.1", "81")).contains("refused");
      assertThat(avatar.lines().take()).isEqualTo("tcp a.example 80");
      assertThat(avatar.lines().take()).isEqualTo("note a.example 81");
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

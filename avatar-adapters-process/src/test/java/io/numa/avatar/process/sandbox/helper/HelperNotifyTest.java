package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message to systemd. Perl receives it, as Java has no UNIX datagrams. */
class HelperNotifyTest {
  private static final String RECEIVER =
      """
      use POSIX ':sys_wait_h';
      use Socket;
      my $name = $ENV{NOTIFY_SOCKET};
      $name =~ s/^@/\\0/;
      socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
      bind($socket, pack_sockaddr_un($name)) or die "bind: $!";
      my $sender = fork();
      exec @ARGV unless $sender;
      alarm 10;
      recv($socket, my $message, 100, 0);
      print $message, " ", waitpid($sender, WNOHANG) == 0 ? "lives" : "is gone";
      recv($socket, my $barrier, 100, 0);
      close($socket);
      waitpid($sender, 0) == $sender and $? == 0 or die "failed: $?";
      print " $barrier";
      """;

  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void makeLab() throws Exception {
    lab = new Lab(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/notify", "@avatar-notify-test"})
  void theStateComesToTheSocketWhileItsSenderLives(String name) throws Exception {
    assumeThat(Path.of("/usr/bin/perl")).isExecutable();
    String socket = name.startsWith("@") ? name + ProcessHandle.current().pid() : folder + name;
    var words =
        Lists.join(
            List.of("/usr/bin/env", "NOTIFY_SOCKET=" + socket, "/usr/bin/perl", "-e", RECEIVER),
            List.of(lab.helper(), "notify", "READY=1"));

    assertThat(Lab.run(words)).isEqualTo(new Lab.Result(0, "READY=1 lives BARRIER=1"));
  }

  @Test
  void withoutTheVariableThereIsNothingToDo() throws Exception {
    assertThat(
            Lab.run(
                List.of("/usr/bin/env", "-u", "NOTIFY_SOCKET", lab.helper(), "notify", "READY=1")))
        .isEqualTo(new Lab.Result(0, ""));
  }
}

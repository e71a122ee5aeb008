package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.task.AttemptId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests what happens to the commands of an avatar after {@code kill -9}. */
@EnabledOnOs(OS.LINUX)
class KilledAvatarTest {
  private static final Duration LATE = Duration.ofSeconds(20);

  /** A command that starts a daemon in a separate session. */
  private static final String COMMAND_WITH_DAEMON = "(setsid sleep %1$s &); sleep %1$s; true";

  private final AttemptId attempt = AttemptId.random();
  private final Marker marker = new Marker();
  private final List<Process> avatars = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    avatars.forEach(Process::destroyForcibly);
    marker.killBearers(2);
  }

  @Test
  void takesAllOfACommandInANamespaceWithIt() throws Exception {
    assumeThat(runner(ProcessControl.PID_NAMESPACE).control())
        .isEqualTo(ProcessControl.PID_NAMESPACE);
    assumeThat(Path.of("/usr/bin/setpriv")).exists();
    Process avatar = startAvatar(ProcessControl.PID_NAMESPACE, COMMAND_WITH_DAEMON, 4);

    kill(avatar);

    assertThat(marker.awaitNone(LATE)).isTrue();
  }

  @Test
  void takesTheCommandItselfWithItWithoutANamespace() throws Exception {
    assumeThat(Path.of("/usr/bin/setpriv")).exists();
    Process avatar = startAvatar(ProcessControl.COOKIE, "exec sleep %1$s", 1);

    kill(avatar);

    assertThat(marker.awaitNone(LATE)).isTrue();
  }

  @Test
  void leavesWhatTheNextProcessFindsAndEnds() throws Exception {
    Process avatar = startAvatar(ProcessControl.COOKIE, COMMAND_WITH_DAEMON, 3);
    kill(avatar);
    // The shell itself has died, or will die soon.
    assertThat(marker.awaitAtLeast(2, LATE)).isTrue();

    runner(ProcessControl.COOKIE).endLeftovers(attempt);

    assertThat(marker.bearers()).isEmpty();
  }

  @Test
  void leavesOfAProcessThatItSpokeWithWhatTheNextProcessFindsAndEnds() throws Exception {
    Process avatar = startAvatar(ProcessControl.COOKIE, COMMAND_WITH_DAEMON, 3, "process");
    kill(avatar);
    assertThat(marker.awaitAtLeast(2, LATE)).isTrue();

    runner(ProcessControl.COOKIE).endLeftovers(attempt);

    assertThat(marker.bearers()).isEmpty();
  }

  @Test
  void leavesStubbornOnesToTheNextProcess() throws Exception {
    Process avatar =
        startAvatar(
            ProcessControl.COOKIE,
            "trap '' TERM; (setsid sh -c 'while :; do sleep %1$s; done' &); sleep %1$s; true",
            3);
    kill(avatar);

    runner(ProcessControl.COOKIE).endLeftovers(attempt);

    assertThat(marker.bearers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void hasItsCommandsEndedFromOutsideInEveryNamespace(ProcessControl level) throws Exception {
    Process avatar = startAvatar(level, COMMAND_WITH_DAEMON, 3);

    // The avatar still runs, so no process has ended by itself.
    runner(ProcessControl.COOKIE).endLeftovers(attempt);

    assertThat(marker.bearers()).filteredOn(process -> process.pid() != avatar.pid()).isEmpty();
    assertThat(avatar.waitFor(20, SECONDS)).isTrue();
  }

  @Test
  void keepsWhatBelongsToAnotherAttempt() throws Exception {
    Process avatar = startAvatar(ProcessControl.COOKIE, COMMAND_WITH_DAEMON, 3);
    kill(avatar);
    assertThat(marker.awaitAtLeast(2, LATE)).isTrue();

    runner(ProcessControl.COOKIE).endLeftovers(AttemptId.random());

    assertThat(marker.awaitAtLeast(2, LATE)).isTrue();
  }

  private Process startAvatar(ProcessControl level, String line, int processes) throws Exception {
    return startAvatar(level, line, processes, "command");
  }

  private Process startAvatar(ProcessControl level, String line, int processes, String kind)
      throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RunsUntilKilled.class.getName(),
            level.name(),
            attempt.toString(),
            line.formatted(marker.word()),
            kind);
    Process avatar =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    avatars.add(avatar);
    // The avatar's own command line has the marker, too.
    assertThat(marker.awaitAtLeast(1 + processes, LATE)).isTrue();
    // The shell ends with the avatar, so it must have started all of them before.
    int sleeping = line.split("sleep ", -1).length - 1;
    assertThat(marker.awaitSleeping(sleeping, LATE)).isTrue();
    return avatar;
  }

  /** Kills with signal 9, and waits for its end. */
  private static void kill(Process avatar) throws IOException, InterruptedException {
    avatar.destroyForcibly();
    assertThat(avatar.waitFor(10, SECONDS)).isTrue();
    assertThat(avatar.exitValue()).isEqualTo(128 + 9);
  }

  private static LocalCommandRunner runner(ProcessControl level) {
    return new LocalCommandRunner(
        ProcessSettings.defaults(System.getenv())
            .withGrace(Duration.ofMillis(500))
            .withStrongest(level));
  }
}

package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Redactor REDACTOR = Redactor.of(List.of(new Secret("the-password-of-git")));

  @TempDir Path folder;

  @Test
  void stopsBeforeTheFileGrowsTooLarge() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.writeString(file, "of an earlier session\n");
    try (Recorder recorder = Recorder.open(file, REDACTOR, TimeSource.SYSTEM, 1000)) {
      recorder.add(entry("first".getBytes(UTF_8)));
      recorder.add(entry("x".repeat(1000).getBytes(UTF_8)));
      recorder.add(entry("third".getBytes(UTF_8)));
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(Files.readString(file)).contains("first").doesNotContain("third");
  }

  @Test
  void leavesNoPieceOfASecretWhereItCutsABody() throws IOException {
    byte[] cut = new byte[Recorder.MAX_BODY];
    Arrays.fill(cut, (byte) 'x');
    byte[] half = "the-password-of".getBytes(UTF_8);
    System.arraycopy(half, 0, cut, cut.length - half.length, half.length);
    Path file = folder.resolve("b.jsonl");
    try (Recorder recorder = Recorder.open(file, REDACTOR, TimeSource.SYSTEM, 10_000_000)) {
      recorder.add(entry(cut));
    }

    assertThat(Files.readString(file))
        .contains("\"cut\":true", "xxxx")
        .doesNotContain("the-password");
  }

  private static Recorder.Entry entry(byte[] answer) {
    return new Recorder.Entry(
        "POST",
        "/v1/messages",
        ByteString.EMPTY,
        200,
        ByteString.of(answer),
        AgentUsage.NONE,
        Duration.ofMillis(3));
  }
}

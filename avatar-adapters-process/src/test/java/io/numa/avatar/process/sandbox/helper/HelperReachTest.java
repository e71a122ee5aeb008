package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials of the way out, from inside of a network. */
class HelperReachTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1 8081, 0",
    "127.0.0.1 8082, 1",
    "a.example 80, 0",
    "a.example 81, 1",
    "silent.example 80, 1",
    "192.0.2.1 80, 1",
    "a.invalid 80, 2",
    "not_strict.example 80, 2",
    "a.example, 125",
    "a.example 0, 125",
    "a.example 80 80, 125",
  })
  void tellsWhatItReaches(String words, int code) throws Exception {
    var lab = new Lab(folder);
    try (var avatar = new AvatarSocket(folder.resolve("avatar"))) {
      avatar.on("127.0.0.1", HelperReachTest::greet);
      avatar.on("a.example", HelperReachTest::greet);
      avatar.on("silent.example", connection -> {});
      var options =
          List.of("--socket", avatar.path(), "--ports", "80", "--local", "8081", "--dns", "yes");

      assertThat(reach(lab, options, words)).isEqualTo(code);
    }
  }

  @Test
  void findsNoNamesWithoutDns() throws Exception {
    assertThat(reach(new Lab(folder), List.of(), "a.example 80")).isEqualTo(2);
  }

  private static void greet(SocketChannel connection) throws IOException {
    connection.write(ByteBuffer.wrap(new byte[] {'\n'}));
  }

  private static int reach(Lab lab, List<String> options, String words) throws Exception {
    var command = Lists.join(List.of(lab.helper(), "reach"), List.of(words.split(" ", -1)));
    return Lab.run(lab.outer(Caller.least(), options, command)).code();
  }
}

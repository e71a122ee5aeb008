package io.numa.avatar.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the server's token. */
class ServerTokenTest {
  @TempDir Path folder;

  @Test
  void isMadeForItsOwnerAloneAndKept() throws IOException {
    Path file = folder.resolve("state/server.token");

    var token = ServerToken.in(file);

    assertThat(token.reveal()).hasSizeGreaterThanOrEqualTo(43);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ServerToken.in(file)).isEqualTo(token);
    assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void isOneForAllWhoAskAtOnce() {
    Path file = folder.resolve("server.token");

    var tokens =
        IntStream.range(0, 64).parallel().mapToObj(i -> token(file)).collect(Collectors.toSet());

    assertThat(tokens).hasSize(1);
  }

  @Test
  void isReadWithoutTheEndOfItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "abc\n");

    assertThat(ServerToken.in(file).reveal()).isEqualTo("abc");
  }

  @Test
  void mustNotBeEmpty() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "\n");

    assertThatThrownBy(() -> ServerToken.in(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty");
  }

  private static String token(Path file) {
    try {
      return ServerToken.in(file).reveal();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogStoreTest {
  private static final long QUOTA = 1 << 20;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "é", "€", "🙂", "ab\n", "a€"})
  void goesOnBehindWholeCharacters(String text) throws IOException {
    byte[] character = "🙂".getBytes(UTF_8);
    for (int torn = 0; torn < character.length; torn++) {
      Path file = fileOf(text.getBytes(UTF_8), Arrays.copyOf(character, torn));

      try (var store = LogStore.open(file, 0, QUOTA)) {
        assertThat(store.length()).isEqualTo(text.getBytes(UTF_8).length);
        store.append("é!".getBytes(UTF_8));
      }

      assertThat(Files.readString(file)).isEqualTo(text + "é!");
    }
  }

  @Test
  void beginsEmptyWhereThereIsNothing() throws IOException {
    try (var store = LogStore.open(temp.resolve("7/new.log"), 0, QUOTA)) {
      assertThat(store.length()).isZero();
      assertThat(store.atLineStart()).isTrue();
    }
  }

  @Test
  void goesOnWhereTheBackendIsWhenADiskHasForgottenTheEnd() throws IOException {
    Path file = fileOf("one\ntw".getBytes(UTF_8), new byte[0]);

    try (var store = LogStore.open(file, 200_000, QUOTA)) {
      assertThat(store.length()).isEqualTo(200_000);
      assertThat(store.atLineStart()).isTrue();
      store.append("new\n".getBytes(UTF_8));
    }

    assertThat(Files.readString(file))
        .isEqualTo("one\ntw" + " ".repeat(200_000 - 7) + "\n" + "new\n");
  }

  @Test
  void knowsWhetherALineIsOpen() throws IOException {
    try (var store = LogStore.open(fileOf("one\ntw".getBytes(UTF_8), new byte[0]), 0, QUOTA)) {
      assertThat(store.atLineStart()).isFalse();
      store.append("o\n".getBytes(UTF_8));
      assertThat(store.atLineStart()).isTrue();
    }
  }

  private Path fileOf(byte[] text, byte[] rest) throws IOException {
    Path file = Files.createTempFile(temp, "attempt", ".log");
    Files.write(file, text);
    Files.write(file, rest, StandardOpenOption.APPEND);
    return file;
  }
}

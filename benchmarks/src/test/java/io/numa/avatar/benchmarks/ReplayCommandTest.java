package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.benchmarks.ReplayCommand.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  @TempDir Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private int run(Order order) throws IOException, InterruptedException {
    return new ReplayCommand(
            new PrintStream(out, true, UTF_8), new PrintStream(progress, true, UTF_8))
        .run(order);
  }

  @Test
  void replaysTheCommitsOfAListAndLeavesNothingBehind() throws Exception {
    Path repository = OddHistory.in(temp);
    Path work = Files.createDirectory(temp.resolve("work"));
    String head = NativeGit.head(repository);
    Path list = Files.writeString(temp.resolve("list"), head + "~20\n" + head + "~30\n");

    int exitCode = run(new Order(work, 500, Optional.of(list), List.of(repository)));

    assertThat(out.toString(UTF_8))
        .contains("| odd | 2 | 2 | 2 | 2 | 2 |\n")
        .contains("| symbolic links | 2 | 2 |\n")
        .contains("| odd | plan | ");
    assertThat(progress.toString(UTF_8)).isEqualTo("odd: 2 of 2 commits\n");
    assertThat(exitCode).isZero();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void readsItsArguments() {
    assertThat(Order.parse(List.of("-n", "7", "-w", "/w", "a.git", "b.git")))
        .isEqualTo(
            new Order(
                Path.of("/w"), 7, Optional.empty(), List.of(Path.of("a.git"), Path.of("b.git"))));
    assertThatThrownBy(() -> Order.parse(List.of("-n", "7")))
        .hasMessage("name a bare repository to replay");
    assertThatThrownBy(() -> Order.parse(List.of("-x", "7", "a.git")))
        .hasMessage("unknown option: -x");
  }
}

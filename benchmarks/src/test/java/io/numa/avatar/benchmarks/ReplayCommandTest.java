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

  private int run(Order... orders) throws IOException, InterruptedException {
    return new ReplayCommand(
            new PrintStream(out, true, UTF_8), new PrintStream(progress, true, UTF_8))
        .run(List.of(orders));
  }

  @Test
  void replaysTheCommitsOfAList() throws Exception {
    Path repository = OddHistory.in(temp);
    String head = NativeGit.head(repository);
    Path list = Files.writeString(temp.resolve("list"), head + "~21\n" + head + "~31\n");

    int exitCode = run(new Order(repository, 500, Optional.of(list)));

    assertThat(out.toString(UTF_8))
        .contains("| odd | 2 | 2 | 2 | 2 | 2 |\n")
        .contains("| symbolic links | 2 | 2 |\n")
        .contains("| odd | plan | ");
    assertThat(progress.toString(UTF_8)).isEqualTo("odd: 2 of 2 commits\nodd: 2 of 2 identical\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void readsItsArguments() {
    assertThat(Order.parse(List.of("-n", "7", "a.git", "-n", "8", "-l", "list", "b.git")))
        .containsExactly(
            new Order(Path.of("a.git"), 7, Optional.empty()),
            new Order(Path.of("b.git"), 8, Optional.of(Path.of("list"))));
    assertThatThrownBy(() -> Order.parse(List.of("-x", "7", "a.git")))
        .hasMessage("unknown option, or one without a value: -x");
  }
}

package io.numa.avatar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests that the example in {@code docs/embedding.md} is the compiled one. */
class EmbeddingPageTest {
  private static final String BEGIN = "// example begins\n";

  @Test
  void showsTheExampleAsItIs() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/numa/avatar/examples/EmbeddedAvatar.java"));
    String example =
        source
            .substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf("  // example ends"))
            .stripTrailing()
            .stripIndent();

    String page = Files.readString(Path.of("../docs/embedding.md"));

    assertThat(page).contains("```java\n" + example + "\n```");
  }
}

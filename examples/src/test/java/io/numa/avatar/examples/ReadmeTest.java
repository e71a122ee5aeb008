package io.numa.avatar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example is the one that is compiled here. */
class ReadmeTest {
  @Test
  void showsTheExampleAsItIs() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/numa/avatar/examples/EmbeddedAvatar.java"));
    String example =
        source
            .substring(
                source.indexOf("// README begins\n") + 17, source.indexOf("  // README ends"))
            .stripTrailing()
            .stripIndent();

    String readme = Files.readString(Path.of("../README.md"));

    assertThat(readme).contains("```java\n" + example + "\n```");
  }
}

package io.numa.avatar.git.internal.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms that people's editors give to Git's small files. */
class SmallFileTest {
  private static SmallFile file(String bytes) {
    return SmallFile.of(bytes.getBytes(ISO_8859_1));
  }

  /** libgit2#5071, jj#9105: a byte order mark before the first rule. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''>",
        "a~b>a|b",
        "a~b~>a|b",
        "a^~b^~>a|b",
        "a~b^>a|b",
        "a^b~>a^b",
        "a^^~>a^",
        "a~~b>a||b",
        "\u00ef\u00bb\u00bfa~\u00ef\u00bb\u00bfb>a|\u00ef\u00bb\u00bfb",
        "\u00ef\u00bb\u00bf>",
        "\u00ef\u00bb>\u00ef\u00bb",
        "a%b~c>a|c",
        "\u00e4 b ~>\u00e4 b "
      })
  void hasItsLinesInEveryForm(String text, String lines) {
    String bytes = text.replace('~', '\n').replace('^', '\r').replace('%', '\0');
    String wanted = lines == null ? "" : lines.replace('^', '\r');

    assertThat(String.join("|", file(bytes).lines())).isEqualTo(wanted);
  }

  @Test
  void readsSettingsBehindAByteOrderMarkAndInAnyBytes() throws Exception {
    Config config = file("\u00ef\u00bb\u00bf[submodule \"a\"]\r\n  path = \u00e4\r\n").config();

    assertThat(config.getString("submodule", "a", "path"))
        .isEqualTo(WorkspacePath.decode("\u00e4".getBytes(ISO_8859_1)));
  }

  @Test
  void refusesAFileThatWouldFillTheMemory() {
    assertThatThrownBy(() -> SmallFile.read("d/.gitignore", new Endless()))
        .isInstanceOf(PortException.class)
        .hasMessage("could not read 'd/.gitignore' of the repository: it has more than 10 MiB");
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'a';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length;
    }
  }
}

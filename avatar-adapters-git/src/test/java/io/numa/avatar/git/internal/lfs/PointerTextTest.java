package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.git.fixture.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * git-lfs#3865, git-lfs#1544: pointers that other programs have written or changed. {@code -Psoak}
 * also asks git-lfs itself, which agrees with every text here.
 */
class PointerTextTest {
  private static final String OID = "0123456789abcdef".repeat(4);
  private static final String V1 = "version https://git-lfs.github.com/spec/v1\n";
  private static final String BODY = "oid sha256:" + OID + "\nsize 12\n";

  @TempDir Path temp;

  static Stream<String> pointers() {
    return Stream.of(
        V1 + BODY,
        (V1 + BODY).replace("\n", "\r\n"),
        (V1 + BODY).strip(),
        (V1 + BODY).replace("\n", "\r\n").strip(),
        "\n \t" + V1 + BODY + " \r\n\n",
        V1 + "\n" + BODY.replace("\n", "\n\n"),
        "version https://hawser.github.com/spec/v1\n" + BODY,
        "version http://git-media.io/v/2\n" + BODY,
        V1 + BODY.replace("size 12", "size +012"));
  }

  @ParameterizedTest
  @MethodSource("pointers")
  void readsPointersAsGitLfsDoes(String text) throws Exception {
    assertThat(PointerText.of(text.getBytes(UTF_8)))
        .isEqualTo(new PointerText.Pointer(new LfsPointer(OID, 12)));
    agreesWithGitLfs(text, true);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("spec/v2", V1.replace("v1", "v2") + BODY),
        arguments("size 12", V1 + "size 12\noid sha256:" + OID + "\n"),
        arguments("sha1:", V1 + BODY.replace("sha256", "sha1")),
        arguments("oid sha256:..", V1 + BODY.replace(OID, "../" + OID)),
        arguments("size -12", V1 + BODY.replace("12\n", "-12\n")),
        arguments("size 99", V1 + BODY.replace("size 12", "size 9999999999999999999")),
        arguments("no line 'size'", V1 + "oid sha256:" + OID + "\n"),
        arguments("key value", V1 + BODY + "key value\n"),
        arguments("key value", V1 + "key value\n" + BODY),
        arguments("oid sha256:0123456789ABC", V1 + BODY.replace(OID, OID.toUpperCase(Locale.ROOT))),
        arguments("\u00ef\u00bb\u00bfversion", "\ufeff" + V1 + BODY));
  }

  @ParameterizedTest
  @MethodSource("others")
  void takesNothingElseForAPointer(String reason, String text) throws Exception {
    PointerText read = PointerText.of(text.getBytes(UTF_8));

    assertThat(read).isInstanceOf(PointerText.Malformed.class);
    assertThat(((PointerText.Malformed) read).reason()).contains(reason);
    agreesWithGitLfs(text, false);
  }

  @Test
  void leavesAPointerWithAnExtensionToThatProgram() throws Exception {
    String text = V1 + "ext-0-case sha256:" + OID + "\n" + BODY;

    assertThat(PointerText.of(text.getBytes(UTF_8)))
        .isEqualTo(new PointerText.Extended("ext-0-case"));
    agreesWithGitLfs(text, true);
  }

  @Test
  void takesContentForContent() {
    for (String text :
        List.of(
            "", "hello\n", "git lfs install\n", "#!/bin/sh\ngit-lfs pull\n", "x".repeat(2000))) {
      assertThat(PointerText.of(text.getBytes(UTF_8))).isEqualTo(new PointerText.Content());
    }
  }

  private void agreesWithGitLfs(String text, boolean pointer) throws Exception {
    if (!Boolean.getBoolean("soak")) {
      return;
    }
    Programs.assumeInstalled("git-lfs");
    Path file = Files.writeString(temp.resolve("file"), text);
    var check =
        new ProcessBuilder("git-lfs", "pointer", "--check", "--file=" + file)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();
    check.getInputStream().readAllBytes();
    assertThat(check.waitFor() == 0).isEqualTo(pointer);
  }
}

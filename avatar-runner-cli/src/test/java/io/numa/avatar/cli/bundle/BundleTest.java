package io.numa.avatar.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String SECRET = "s3cr3t-t0ken";

  @TempDir Path folder;

  private Bundle bundle(String... secrets) throws IOException {
    return new Bundle(
        Files.createDirectory(folder.resolve("scratch")),
        Redactor.of(List.of(secrets).stream().map(Secret::new).toList()));
  }

  @Test
  void hasWhatWasAddedWithoutSecrets() throws IOException {
    Bundle bundle = bundle(SECRET);
    bundle.add("a.txt", "before " + SECRET + " after\n");
    bundle.addEnd("b.log", Files.writeString(folder.resolve("b"), "grüße " + SECRET), 1000);
    bundle.addEnd("c.log", folder.resolve("missing"), 1000);
    Path target = folder.resolve("bundle.tar.gz");

    bundle.write(target);

    assertThat(Archives.textsOf(target))
        .containsExactly(
            Map.entry("avatar-bundle/a.txt", "before *** after\n"),
            Map.entry("avatar-bundle/b.log", "grüße ***"));
    assertThat(bundle.entries()).extracting(Bundle.Entry::name).containsExactly("a.txt", "b.log");
  }

  @Test
  void hasTheEndOfALongFileWithoutTheEndOfASecretThatWasCut() throws IOException {
    String secret = "x".repeat(2_000);
    Path file = folder.resolve("long");
    Files.writeString(file, "line\n".repeat(100_000) + secret + "\n" + "last\n".repeat(10_000));
    Bundle bundle = bundle(secret);
    bundle.addEnd("long.log", file, 51_000);
    Path target = folder.resolve("bundle.tar.gz");

    bundle.write(target);

    String text = Archives.textsOf(target).get("avatar-bundle/long.log");
    assertThat(text).endsWith("last\nlast\n").doesNotContain("xx").hasSizeBetween(45_000, 51_000);
  }

  @Test
  void canBeReadByItsOwnerOnlyAndReplacesAnOlderOne() throws IOException {
    Bundle bundle = bundle();
    bundle.add("a.txt", "new");
    Path target = Files.writeString(folder.resolve("bundle.tar.gz"), "old");

    bundle.write(target);

    assertThat(Files.getPosixFilePermissions(target))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(Archives.textsOf(target)).hasSize(1);
  }
}

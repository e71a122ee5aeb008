package io.numa.avatar.process.sandbox.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the operator's caches are seen. */
class LayersTest {
  private static final Path ROOT = Path.of("/");

  @TempDir Path folder;

  @Test
  void showsACacheInHomeByALink() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("home/.m2/repository"));
    var layers = new Layers(folder.resolve("home"), List.of(cache));

    Path target = layers.of(folder, 1).get(0).target();
    assertThat(target).startsWithRaw(Path.of("/var/cache/layers"));
    assertThat(layers.links()).isEqualTo(Map.of(Path.of(".m2/repository"), target));
  }

  @Test
  void showsACacheOutsideOfHomeInItsPlace() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    var layers = new Layers(folder.resolve("home"), List.of(cache));

    assertThat(layers.of(folder, 1).get(0).target()).isEqualTo(cache);
    assertThat(layers.links()).isEmpty();
  }

  /** The HOME of a dynamic user of systemd. */
  @Test
  void showsACacheInItsPlaceWhereHomeIsTheRoot() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    var layers = new Layers(ROOT, List.of(cache));

    assertThat(layers.of(folder, 1).get(0).target()).isEqualTo(cache);
    assertThat(layers.links()).isEmpty();
  }

  @Test
  void findsOnlyHiddenFoldersInAHomeThatIsTheRoot() {
    var layers = new Layers(ROOT, List.of(Path.of("/usr"), Path.of("/.m2/repository")));

    assertThat(layers.isInHome(Path.of("/usr"))).isFalse();
    assertThat(layers.isInHome(Path.of("/.m2/repository"))).isTrue();
  }
}

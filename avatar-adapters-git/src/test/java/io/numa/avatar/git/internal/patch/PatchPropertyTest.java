package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.numa.avatar.git.fixture.NativeGit;
import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.fixture.RandomSeeds;
import io.numa.avatar.git.fixture.RandomTree;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.support.ByteArrays;
import io.numa.avatar.git.internal.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Random trees and random edits: the patch step must reproduce the edits from native Git's diff.
 */
class PatchPropertyTest {
  private static final long SEED = 20261122;
  private static final int TRIES = 250;

  private static final Duration LONG = Duration.ofSeconds(20);

  private static Path temp;
  private static Repository repository;
  private static NativeGit git;

  @BeforeAll
  static void makeRepository() throws Exception {
    temp = Files.createTempDirectory("patches");
    repository = GitDirectory.create(temp.resolve("store"));
    git = new NativeGit(temp.resolve("store"));
  }

  @AfterAll
  static void removeRepository() throws Exception {
    repository.close();
    Folders.delete(temp);
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = TRIES)
  void makesTheTreeThatTheDiffWasMadeOf(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    RandomTree before = RandomTree.of(choices);
    RandomTree after = before.edited(choices);
    ObjectId base = PatchedCheckout.store(before, repository);
    ObjectId wanted = PatchedCheckout.store(after, repository);
    byte[] diff = git.diff(base.name(), wanted.name(), options(choices));

    try (var checkout = new PatchedCheckout(temp.resolve("try"), repository, base)) {
      if (diff.length > 0) {
        checkout.apply(diff);
      }

      assertThat(checkout.staged()).as(new String(diff, ISO_8859_1)).isEqualTo(wanted);
    }
  }

  private static List<String> options(RandomChoices choices) {
    List<String> options = new ArrayList<>();
    options.add(choices.of("--full-index", "--full-index", "--abbrev=9"));
    options.addAll(
        choices.of(
            List.of("-M", "-C", "--find-copies-harder"),
            List.of("-M", "-C", "--find-copies-harder", "-l0"),
            List.of("-M10", "-C10"),
            List.of("--no-renames", "-B"),
            List.of("--no-renames")));
    options.add(choices.of("-U3", "-U3", "-U1", "-U0", "-W", "--patience"));
    return options;
  }

  @ParameterizedTest
  @RandomSeeds(from = SEED, count = TRIES)
  void refusesADamagedDiffOrDoesAsNativeGit(long seed) throws Exception {
    var choices = new RandomChoices(seed);
    RandomTree before = RandomTree.of(choices);
    ObjectId base = PatchedCheckout.store(before, repository);
    ObjectId wanted = PatchedCheckout.store(before.edited(choices), repository);
    byte[] diff = git.diff(base.name(), wanted.name(), options(choices));
    byte[] damaged = DiffDamage.of(diff, choices);

    try (var checkout = new PatchedCheckout(temp.resolve("try"), repository, base)) {
      Optional<ObjectId> made = assertTimeoutPreemptively(LONG, () -> checkout.attempt(damaged));

      if (made.isPresent() && !made.get().equals(wanted)) {
        assertThat(nativeTrees(base, damaged))
            .as(new String(damaged, ISO_8859_1))
            .contains(made.get().name());
      }
    }
  }

  /**
   * The trees that native Git makes from a diff. Damage that does not change the intended result is
   * accepted. The patch step also accepts two things that Git refuses. One is a hunk without
   * context, for which Git needs {@code --unidiff-zero}. The other is a binary file whose last
   * empty line is lost, as in a YAML block: Git ignores such a file silently, but the ids in its
   * header prove its content.
   */
  private static List<String> nativeTrees(ObjectId base, byte[] diff) throws Exception {
    List<String> trees = new ArrayList<>();
    for (String option : List.of("", "--unidiff-zero")) {
      for (byte[] text : List.of(diff, ByteArrays.join(diff, new byte[] {'\n', '\n'}))) {
        git.apply(base.name(), text, temp.resolve("index"), option).ifPresent(trees::add);
      }
    }
    return trees;
  }
}

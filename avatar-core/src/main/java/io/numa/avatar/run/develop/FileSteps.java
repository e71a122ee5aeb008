package io.numa.avatar.run.develop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Draft;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Carries out the steps that write, edit, move or check files, as parts of one change. */
final class FileSteps {
  /** The largest file that is edited or searched, in bytes, because it has to fit into memory. */
  private static final int LARGEST_TEXT = 100 << 20;

  /** How long the search for one regular expression may take. */
  private static final Duration SEARCH = Duration.ofSeconds(10);

  /** How many places of a text an error message names. */
  private static final int PLACES = 10;

  private final Change change;
  private final Tree tree;
  private final StepText texts;

  FileSteps(Change change, StepText texts) {
    this.change = change;
    this.texts = texts;
    this.tree = change.tree();
  }

  StepOutcome write(Step.Write step) throws StageFailedException, IOException {
    WorkspacePath place = tree.follow(step.path());
    Optional<Entry> there = tree.find(place);
    if (there.filter(Entry::isFolder).isPresent()) {
      throw conflict("'" + step.path() + "' is a folder; delete it first");
    }
    return step.content() instanceof Step.Content.Link link
        ? writeLink(place, there, WorkspacePath.encode(link.target()))
        : writeFile(place, there, (Step.Content.File) step.content());
  }

  private StepOutcome writeLink(WorkspacePath place, Optional<Entry> there, byte[] target)
      throws IOException {
    if (there.filter(Entry::isLink).isPresent() && Arrays.equals(tree.linkTarget(place), target)) {
      return StepOutcome.NO_CHANGE;
    }
    change.link(place, target);
    return StepOutcome.APPLIED;
  }

  private StepOutcome writeFile(
      WorkspacePath place, Optional<Entry> there, Step.Content.File content) throws IOException {
    byte[] bytes = content.bytes();
    boolean same =
        there.filter(Entry::isFile).isPresent()
            && there.get().executable() == content.executable()
            && there.get().size() == bytes.length
            && Arrays.equals(tree.read(place, bytes.length), bytes);
    if (same) {
      return StepOutcome.NO_CHANGE;
    }
    change.put(place, change.draft(bytes), content.executable());
    return StepOutcome.APPLIED;
  }

  /** Edits bytes, so that the other bytes of the file stay the same in any encoding. */
  StepOutcome edit(Step.Edit step) throws StageFailedException, IOException {
    WorkspacePath place = existingFile(step.path());
    byte[] text = tree.read(place, LARGEST_TEXT);
    byte[] find = step.find().getBytes(UTF_8);
    Bytes.Places places = Bytes.occurrences(text, find, PLACES);
    if (!step.expect().accepts(places.count())) {
      throw conflict(miscounted(step, text, places));
    }
    if (step.replace().equals(step.find())) {
      return StepOutcome.NO_CHANGE;
    }
    boolean executable = tree.find(place).map(Entry::executable).orElse(false);
    try (Draft edited = change.draft()) {
      Bytes.replace(text, find, step.replace().getBytes(UTF_8), edited);
      edited.close();
      change.put(place, edited, executable);
    }
    return StepOutcome.APPLIED;
  }

  private String miscounted(Step.Edit step, byte[] text, Bytes.Places places) {
    String expected =
        step.expect().exactly().isPresent()
            ? step.expect().exactly().getAsInt() + " times"
            : "at least once";
    String where =
        places.count() == 0
            ? lineEnds(step, text)
            : places.first().stream()
                .map(place -> String.valueOf(Bytes.lineOf(text, place)))
                .collect(
                    Collectors.joining(
                        ", ", " (lines ", places.count() > PLACES ? ", and more)" : ")"));
    return "the text to find in '"
        + step.path()
        + "' occurs "
        + places.count()
        + " times"
        + where
        + ", and was expected "
        + expected
        + ": "
        + excerpt(step.find());
  }

  /** Tells if the text does not occur only because the file's lines end in another way. */
  private static String lineEnds(Step.Edit step, byte[] text) {
    String find = step.find();
    if (!find.contains("\n")) {
      return "";
    }
    String withLf = find.replace("\r\n", "\n");
    boolean lf = find.equals(withLf);
    String other = lf ? find.replace("\n", "\r\n") : withLf;
    if (Bytes.occurrences(text, other.getBytes(UTF_8), 1).count() == 0) {
      return "";
    }
    return lf
        ? " (but it does with CR LF line ends, as the file has; write them as \\r\\n in 'find' and"
            + " 'replace', in double quotes, or edit single lines)"
        : " (but it does with LF line ends, as the file has; write them as \\n)";
  }

  StepOutcome move(Step.Move step) throws StageFailedException, IOException {
    WorkspacePath to = tree.follow(step.to());
    change.move(prepareTransfer(step.from(), step.to(), step.overwrite()), to);
    return StepOutcome.APPLIED;
  }

  StepOutcome copy(Step.Copy step) throws StageFailedException, IOException {
    WorkspacePath to = tree.follow(step.to());
    change.copy(prepareTransfer(step.from(), step.to(), step.overwrite()), to);
    return StepOutcome.APPLIED;
  }

  /** Finds the source, and removes an existing target if that is allowed. */
  private WorkspacePath prepareTransfer(WorkspacePath from, WorkspacePath to, boolean overwrite)
      throws StageFailedException, IOException {
    WorkspacePath source = existing(from);
    WorkspacePath target = tree.follow(to);
    if (isAtOrBelow(source, target) || isAtOrBelow(target, source)) {
      throw conflict("'" + from + "' and '" + to + "' lie in each other");
    }
    if (tree.find(target).isPresent()) {
      if (!overwrite) {
        throw conflict("'" + to + "' exists already; say overwrite: true to replace it");
      }
      change.remove(target);
    }
    return source;
  }

  private static boolean isAtOrBelow(WorkspacePath folder, WorkspacePath path) {
    return (path.value() + "/").startsWith(folder.value() + "/");
  }

  StepOutcome delete(Step.Delete step) throws StageFailedException, IOException {
    if (step.missingOk() && tree.find(tree.follow(step.path())).isEmpty()) {
      return StepOutcome.NO_CHANGE;
    }
    change.remove(existing(step.path()));
    return StepOutcome.APPLIED;
  }

  StepOutcome chmod(Step.Chmod step) throws StageFailedException, IOException {
    WorkspacePath place = existing(step.path());
    Entry entry = tree.find(place).orElseThrow();
    if (!entry.isFile()) {
      throw conflict("'" + step.path() + "' is no regular file");
    }
    if (entry.executable() == step.executable()) {
      return StepOutcome.NO_CHANGE;
    }
    change.setExecutable(place, step.executable());
    return StepOutcome.APPLIED;
  }

  StepOutcome check(Step.Assert step) throws StageFailedException, IOException {
    if (step.condition() instanceof Step.Condition.Exists exists) {
      if (tree.find(tree.follow(step.path())).isPresent() != exists.expected()) {
        throw conflict("'" + step.path() + (exists.expected() ? "' does not exist" : "' exists"));
      }
    } else if (step.condition() instanceof Step.Condition.Matches matches) {
      checkText(step.path(), matches);
    }
    return StepOutcome.NO_CHANGE;
  }

  private void checkText(WorkspacePath path, Step.Condition.Matches wanted)
      throws StageFailedException, IOException {
    String text = text(path);
    try {
      Matcher matcher = wanted.pattern().matcher(new BoundedText(text, SEARCH));
      boolean found = matcher.find();
      if (found && !wanted.expected()) {
        throw conflict("'" + path + "' matches " + shown(wanted) + ": " + excerpt(matcher.group()));
      }
      if (!found && wanted.expected()) {
        throw conflict(
            "'" + path + "' does not match " + shown(wanted) + "; it begins: " + excerpt(text));
      }
    } catch (BoundedText.TakesTooLong | StackOverflowError e) {
      throw new StageFailedException(
          FailureKind.TIMEOUT,
          "'" + path + "' cannot be searched for " + shown(wanted) + ": it takes too long");
    }
  }

  private String text(WorkspacePath path) throws StageFailedException, IOException {
    byte[] bytes = tree.read(existingFile(path), LARGEST_TEXT);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw conflict("'" + path + "' is not UTF-8 text");
    }
  }

  private WorkspacePath existing(WorkspacePath path) throws StageFailedException, IOException {
    WorkspacePath place = tree.follow(path);
    if (tree.find(place).isEmpty()) {
      throw conflict("'" + path + "' does not exist");
    }
    return place;
  }

  private WorkspacePath existingFile(WorkspacePath path) throws StageFailedException, IOException {
    existing(path);
    Optional<WorkspacePath> place = tree.followToEnd(path);
    if (place.isEmpty() || tree.find(place.get()).filter(Entry::isFile).isEmpty()) {
      throw conflict("'" + path + "' is no file");
    }
    return place.get();
  }

  private String excerpt(String text) {
    return '"' + texts.excerpt(text) + '"';
  }

  private String shown(Step.Condition.Matches wanted) {
    return texts.excerpt(wanted.pattern().toString());
  }

  private static StageFailedException conflict(String message) {
    return new StageFailedException(FailureKind.CONFLICT, message);
  }
}

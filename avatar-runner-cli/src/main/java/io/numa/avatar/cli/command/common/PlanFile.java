package io.numa.avatar.cli.command.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.document.ValueLines;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads plans from files, or from the standard input. */
public final class PlanFile {
  private static final Path STANDARD_INPUT = Path.of("-");

  /** What a parser says about a text that it cannot parse. */
  private static final Pattern LINE = Pattern.compile("could not be parsed: line (\\d+), (.*)");

  private PlanFile() {}

  static boolean isStandardInput(Path file) {
    return file.equals(STANDARD_INPUT);
  }

  /**
   * Reads a structured plan, JSON or YAML.
   *
   * @param file {@code -} stands for {@code in}
   * @throws UsageException if the file holds no valid plan; the message lists all problems
   */
  public static DevelopmentPlan read(Path file, InputStream in) {
    return parse(file, text(file, in));
  }

  /** Reads a structured plan from the text of a file. */
  static DevelopmentPlan parse(Path file, String text) {
    String name = name(file);
    if (text.isBlank()) {
      throw new UsageException("the plan in " + name + " is empty; it needs 'version' and 'steps'");
    }
    PlanSource source = new PlanReader().readPlan(text);
    if (source instanceof PlanSource.Structured structured) {
      return structured.plan();
    }
    throw new UsageException(
        "the plan in "
            + name
            + " breaks its rules:\n  "
            + lines(((PlanSource.Invalid) source).problems(), text).stream()
                .map(line -> (isStandardInput(file) ? "line " : file + ":") + line)
                .collect(Collectors.joining("\n  ")));
  }

  /** The problems, each with its line in front. */
  private static List<String> lines(List<PlanProblem> problems, String text) {
    ValueLines lines = ValueLines.of(text);
    return problems.stream().map(problem -> line(problem, lines)).toList();
  }

  private static String line(PlanProblem problem, ValueLines lines) {
    Matcher unparsable = LINE.matcher(problem.message());
    return unparsable.matches()
        ? unparsable.group(1) + ": could not be parsed: " + unparsable.group(2)
        : lines.of(JsonPointer.compile(problem.pointer())) + ": " + problem.words();
  }

  private static String name(Path file) {
    return isStandardInput(file) ? "the standard input" : file.toString();
  }

  /** The text of a file, which must be UTF-8. */
  static String text(Path file, InputStream in) {
    String name = name(file);
    try {
      byte[] bytes = isStandardInput(file) ? in.readAllBytes() : Files.readAllBytes(file);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw new UsageException("the plan in " + name + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageException("could not read " + name + ": " + e.getMessage());
    }
  }
}

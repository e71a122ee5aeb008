package io.numa.avatar.cli.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.report.OutcomeJson;
import io.numa.avatar.cli.sandbox.Finding;
import io.numa.avatar.cli.sandbox.Finding.Result;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.text.SandboxText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * What {@code sandbox check} found, for people and for programs.
 *
 * @param levels what each kind of work gets
 * @param limits what limits their processes
 * @param registries those that sandboxes fetch from
 * @param tried the kinds of work whose sandbox was tried; grows
 */
public record SandboxReportView(
    Map<WorkKind, SandboxLevel> levels,
    String limits,
    RegistrySetup registries,
    List<Tried> tried,
    Ansi colours) {

  /** The findings in the sandbox of one kind of work. */
  public record Tried(WorkKind kind, List<Finding> findings) {
    public Tried {
      findings = List.copyOf(findings);
    }
  }

  /** Whether the sandboxes hold all that they promise. */
  public boolean holds() {
    return tried.stream()
        .flatMap(one -> one.findings().stream())
        .noneMatch(finding -> finding.isBroken());
  }

  /** Lines for people. */
  public String text() {
    var text = new StringBuilder();
    levels.forEach((kind, level) -> text.append(level(kind, level)).append('\n'));
    text.append(limits).append('\n');
    registries.registries().forEach(one -> text.append(RegistryText.of(one)).append('\n'));
    registries.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    for (Tried one : tried) {
      text.append("\nOut of the sandbox of ").append(one.kind().word()).append(":\n");
      one.findings().forEach(finding -> text.append(line(finding)).append('\n'));
    }
    return text.append('\n').append(conclusion()).append('\n').toString();
  }

  private static String level(WorkKind kind, SandboxLevel level) {
    return "sandbox of "
        + kind.word()
        + ": "
        + SandboxText.of(level.report())
        + level.problem().map(problem -> "; it does not run, as " + problem).orElse("");
  }

  private String line(Finding finding) {
    String result =
        finding.result().word()
            + (finding.result() == Result.OPEN && !finding.promised() ? ", as it is told" : "")
            + (finding.detail().isEmpty() ? "" : " (" + finding.detail() + ")");
    return colours.string(mark(finding))
        + " "
        + finding.check().guarantee().word()
        + ": "
        + finding.check().name()
        + ": "
        + result;
  }

  private static String mark(Finding finding) {
    if (finding.isBroken()) {
      return "@|red,bold BAD  |@";
    }
    return finding.result() == Result.HELD ? "@|green ok   |@" : "@|yellow note |@";
  }

  private String conclusion() {
    if (tried.isEmpty()) {
      return "No sandbox was tried: none holds anything here.";
    }
    Map<Result, Long> counts =
        tried.stream()
            .flatMap(one -> one.findings().stream())
            .collect(Collectors.groupingBy(Finding::result, Collectors.counting()));
    String numbers =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    return (holds() ? "The sandboxes hold what they promise: " : "A sandbox does not hold: ")
        + numbers
        + ".";
  }

  /** One object for programs, and a line feed. */
  public String json() {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("holds", holds());
    ObjectNode kinds = all.putObject("levels");
    levels.forEach(
        (kind, level) -> {
          ObjectNode one = kinds.putObject(kind.word());
          OutcomeJson.addSandbox(one, level.report());
          one.remove("refused");
          level.problem().ifPresent(problem -> one.put("problem", problem));
        });
    ArrayNode found = all.putArray("registries");
    for (Registry registry : registries.registries()) {
      found
          .addObject()
          .put("kind", registry.kind().word())
          .put("url", registry.url().toString())
          .put("origin", registry.origin())
          .put("login", registry.login().isPresent());
    }
    ArrayNode checks = all.putArray("checks");
    for (Tried one : tried) {
      for (Finding finding : one.findings()) {
        checks
            .addObject()
            .put("kind", one.kind().word())
            .put("guarantee", finding.check().guarantee().word())
            .put("check", finding.check().name())
            .put("result", finding.result().word())
            .put("promised", finding.promised())
            .put("detail", finding.detail());
      }
    }
    return all.toPrettyString() + "\n";
  }
}

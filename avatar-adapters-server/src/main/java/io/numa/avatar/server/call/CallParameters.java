package io.numa.avatar.server.call;

import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a call, as a client wrote them. A parameter that is blank is as one that is not
 * there. The methods throw a {@link RefusedCallException} for one that cannot be read.
 *
 * @param clock tells what a time before now is
 */
public record CallParameters(Map<String, String> values, Clock clock) {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** How much time a report of spending covers. */
  private static final Duration USUAL_REPORT = Duration.ofDays(30);

  /** The longest text that is searched for. */
  private static final int LONGEST_TEXT = 200;

  public CallParameters {
    values = Map.copyOf(values);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  /** The task that the call is about. */
  public TaskId task() {
    try {
      return new TaskId(find("task").orElse(""));
    } catch (IllegalArgumentException e) {
      throw bad("task", "name a task by its id");
    }
  }

  /** The attempt that the call is about; empty for the last one. */
  public Optional<AttemptId> attempt() {
    return find("attempt").map(CallParameters::attempt);
  }

  private static AttemptId attempt(String text) {
    try {
      return new AttemptId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw bad("attempt", "name an attempt by its id, such as the story of the task has");
    }
  }

  /** The message that the call is to pass on. */
  SteeringMessage message() {
    try {
      return SteeringMessage.of(values.getOrDefault("author", ""), values.getOrDefault("text", ""));
    } catch (IllegalArgumentException e) {
      throw new RefusedCallException(
          Problem.badRequest(
              Optional.ofNullable(e.getMessage()).orElse("there is no message"),
              "give a 'text' of 1 to " + SteeringMessage.MAX_BYTES + " bytes"));
    }
  }

  /** A number from {@code least} to {@code most}. */
  public long number(String name, long fallback, long least, long most) {
    Optional<String> text = find(name);
    if (text.isEmpty()) {
      return fallback;
    }
    boolean digits = NUMBER.matcher(text.get()).matches();
    long number = digits ? Long.parseLong(text.get()) : least - 1;
    if (number < least || number > most) {
      throw bad(name, "give a whole number from " + least + " to " + most);
    }
    return number;
  }

  /** Which tasks to list. */
  TaskQuery query() {
    TaskQuery all = TaskQuery.ALL;
    return new TaskQuery(
        find("text").map(text -> text.substring(0, Math.min(text.length(), LONGEST_TEXT))),
        find("outcome").map(CallParameters::outcomes).orElse(Set.of()),
        find("since").map(this::time),
        (int) number("limit", all.limit(), 1, TaskQuery.MOST),
        find("after"));
  }

  /** What a report of spending adds up. */
  SpendingReport.By by() {
    String word = find("by").orElse(SpendingReport.By.DAY.word());
    return Arrays.stream(SpendingReport.By.values())
        .filter(by -> by.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> bad("by", "give day, agent or repository"));
  }

  /** The first day of a report, in the machine's time zone. */
  LocalDate firstDay() {
    Instant since = find("since").map(this::time).orElse(clock.instant().minus(USUAL_REPORT));
    return since.atZone(ZoneId.systemDefault()).toLocalDate();
  }

  private static Set<OutcomeWord> outcomes(String words) {
    return Arrays.stream(words.split(","))
        .map(String::strip)
        .map(CallParameters::outcome)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static OutcomeWord outcome(String word) {
    return Arrays.stream(OutcomeWord.values())
        .filter(outcome -> outcome.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    "outcome",
                    "name one or several of "
                        + Arrays.stream(OutcomeWord.values())
                            .map(OutcomeWord::word)
                            .collect(Collectors.joining(", "))));
  }

  private Instant time(String text) {
    Matcher ago = AGO.matcher(text);
    try {
      return ago.matches()
          ? clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)))
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw bad("since", "give a time such as 2026-01-31T12:00:00Z, or such as 36h or 7d");
    }
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static RefusedCallException bad(String name, String remedy) {
    return new RefusedCallException(
        Problem.badRequest("the parameter '" + name + "' cannot be read", remedy));
  }
}

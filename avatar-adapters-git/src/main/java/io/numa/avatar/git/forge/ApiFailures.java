package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.ServerText;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.time.Durations;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Turns a service's answers and network failures into the port's exceptions; hides secrets. */
final class ApiFailures {
  private static final int EXCERPT = 300;

  /** GitHub and Gitee have no status for a conflict, and report it in their text. */
  private static final Pattern CONFLICT = Pattern.compile("already exist|已存在");

  private final ForgeHost host;
  private final HttpUrl root;
  private final Clock clock;
  private final ForgeSettings settings;

  ApiFailures(ForgeHost host, HttpUrl root, ForgeSettings settings, Clock clock) {
    this.host = host;
    this.root = root;
    this.clock = clock;
    this.settings = settings;
  }

  /** Translates an {@code answer} that is not the wanted document, by {@link ApiAnswer}. */
  PortException translate(String action, HttpAnswer answer) {
    ApiAnswer row = ApiAnswer.of(answer);
    String said = row.words(answer) + target(row, answer) + said(answer);
    return switch (row.verdict()) {
      case PASSING -> passing(row, action, answer, said);
      case CREDENTIALS -> refused(row.kind(), action, said + remedy());
      case FINAL_FOR_TASK -> refused(row.kind(), action, said);
      case FINAL_FOR_REQUEST ->
          refused(CONFLICT.matcher(said).find() ? FailureKind.CONFLICT : row.kind(), action, said);
    };
  }

  private PortException passing(ApiAnswer row, String action, HttpAnswer answer, String said) {
    Duration pause = RateLimit.retryAfterOrReset(answer.headers(), clock);
    if (pause.compareTo(settings.retries().longestRetryAfter()) > 0) {
      return refused(
          FailureKind.UNAVAILABLE,
          action,
          said + "; it asks for a pause of " + Durations.text(pause));
    }
    return new TransientException(
        row.kind(), could(action) + said, row == ApiAnswer.AWAY, pause, null);
  }

  private static String target(ApiAnswer row, HttpAnswer answer) {
    return row == ApiAnswer.ELSEWHERE ? ": it leads to " + answer.redirection() : "";
  }

  /** Translates {@code e}. It is unknown then whether the service has carried out the request. */
  PortException translate(String action, IOException e) {
    Throwable cause = NetworkFailure.cause(e);
    if (cause instanceof ForbiddenAddressException forbidden) {
      return new RefusedException(
          FailureKind.DENIED, "could not " + action + ": " + forbidden.getMessage());
    }
    return new TransientException(
        FailureKind.UNAVAILABLE, could(action) + reason(cause), true, Duration.ZERO, cause);
  }

  private static String reason(Throwable cause) {
    return switch (NetworkFailure.of(cause)) {
      case UNKNOWN_HOST -> "is an unknown host; check api_url under git.credentials";
      case NO_CONNECTION -> "takes no connection";
      case TIMEOUT -> "did not answer in time";
      case UNTRUSTED ->
          "could not be trusted: " + CleanText.of(String.valueOf(cause.getMessage())).line();
      case BROKEN -> "broke the connection";
    };
  }

  private RefusedException refused(FailureKind kind, String action, String what) {
    return new RefusedException(kind, could(action) + what);
  }

  private String could(String action) {
    return "could not " + action + ": '" + root.host() + "' ";
  }

  private String remedy() {
    return "; check the credential of '"
        + host.host()
        + "' under git.credentials, or give it an api_token";
  }

  /**
   * The service's error text, from any place in the answer, without secrets: a service may repeat
   * the token.
   */
  private String said(HttpAnswer answer) {
    var texts = new LinkedHashSet<String>();
    answer.json().ifPresent(json -> collect(json, texts));
    return ServerText.excerpt(Redacted.of(String.join("; ", texts), settings.redactor()), EXCERPT);
  }

  private static void collect(JsonNode json, Set<String> texts) {
    for (String name : new String[] {"message", "messages", "error", "errors", "detail"}) {
      Optional.ofNullable(json.get(name)).ifPresent(node -> leaves(node, texts));
    }
  }

  /**
   * Collects texts: GitLab sends {@code {"message": {"title": ["is too long"]}}}, others send lists
   * of objects.
   */
  private static void leaves(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    } else if (node.has("message")) {
      collect(node, texts);
    } else if (node.isObject() && node.has("code") && node.has("field")) {
      texts.add(node.path("field").asText() + " " + node.path("code").asText());
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              member -> {
                var inner = new LinkedHashSet<String>();
                leaves(member.getValue(), inner);
                inner.forEach(text -> texts.add(member.getKey() + " " + text));
              });
    } else {
      node.forEach(item -> leaves(item, texts));
    }
  }
}

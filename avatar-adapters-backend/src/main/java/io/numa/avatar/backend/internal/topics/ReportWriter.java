package io.numa.avatar.backend.internal.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.report.OutcomeJson;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the bodies of statuses and logs. */
public final class ReportWriter {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  /** The most characters of a text in a brief status. */
  private static final int BRIEF = 300;

  private final AvatarId avatar;
  private final StatusWords words;
  private final Redactor redactor;

  public ReportWriter(AvatarId avatar, StatusWords words, Redactor redactor) {
    this.avatar = avatar;
    this.words = words;
    this.redactor = redactor;
  }

  /** The key by which a backend drops a repeated status. */
  public static String key(Attempt attempt, StatusUpdate update) {
    return attempt.id() + ":status:" + update.sequence();
  }

  /**
   * The key by which a backend drops a repeated piece of log. It includes the piece's end: a longer
   * piece with the same beginning is not a repetition.
   */
  public static String key(Attempt attempt, LogChunk chunk) {
    return attempt.id() + ":log:" + chunk.offset() + "-" + chunk.end();
  }

  public ObjectNode log(Attempt attempt, LogChunk chunk) {
    ObjectNode body =
        Json.object()
            .put("logs", chunk.text())
            .put("attempt", attempt.id().toString())
            .put("offset", chunk.offset());
    addEpoch(body, attempt);
    return body;
  }

  public ObjectNode status(Attempt attempt, StatusUpdate update) {
    ObjectNode body = Json.object().put("status", words.word(update.state()));
    body.set("details", details(attempt, update));
    addEpoch(body, attempt);
    return body;
  }

  /** A status without the lists that may be left out, and with short texts. */
  public ObjectNode brief(Attempt attempt, StatusUpdate update) {
    ObjectNode body = status(attempt, update);
    ObjectNode details = body.withObject("/details");
    details.remove("steps");
    shorten(details, "message");
    shorten(details.path("failure"), "message");
    shorten(details.path("tests"), "command");
    shorten(details.path("agent"), "summary");
    if (details.path("tests") instanceof ObjectNode tests) {
      tests.remove(List.of("failures", "baseline"));
      if (tests.path("diluted") instanceof ObjectNode diluted) {
        diluted.remove("files");
      }
    }
    return body;
  }

  private void shorten(JsonNode node, String member) {
    String text = node.path(member).asText("");
    if (node instanceof ObjectNode object && text.length() > BRIEF) {
      object.put(member, Redacted.of(text, redactor).shortened(BRIEF).toString());
    }
  }

  private ObjectNode details(Attempt attempt, StatusUpdate update) {
    ObjectNode details =
        Json.object()
            .put("avatar_id", avatar.value())
            .put("attempt", attempt.id().toString())
            .put("stage", update.stage().word())
            .put("message", update.message());
    OutcomeJson.addWork(details, update.work());
    if (update.finishedAt().isPresent() && update.work().tests().isEmpty()) {
      details.putNull("tests");
    }
    details.put("started_at", update.startedAt().toString());
    update.finishedAt().ifPresent(instant -> details.put("finished_at", instant.toString()));
    update
        .failure()
        .ifPresent(failure -> OutcomeJson.addFailure(details.putObject("failure"), failure));
    return details;
  }

  /** Writes the epoch as the backend spelled it: as a number if it looks like one. */
  private static void addEpoch(ObjectNode body, Attempt attempt) {
    Optional<String> epoch = attempt.lease().flatMap(Lease::epoch);
    if (epoch.isEmpty()) {
      return;
    }
    if (WHOLE_NUMBER.matcher(epoch.get()).matches()) {
      body.put("lease_epoch", Long.parseLong(epoch.get()));
    } else {
      body.put("lease_epoch", epoch.get());
    }
  }
}

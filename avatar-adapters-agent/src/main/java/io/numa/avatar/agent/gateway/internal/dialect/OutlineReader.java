package io.numa.avatar.agent.gateway.internal.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.numa.avatar.agent.gateway.internal.dialect.RequestOutline.Trait;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link RequestOutline} of a body without building its values, and finds the offsets for
 * changes. Single use; not thread-safe.
 *
 * <p>A host must read the same model out of a body as the gateway. So the reader refuses what
 * parsers read differently: repeated names, names that differ in case only, and encodings other
 * than UTF-8.
 */
public final class OutlineReader {
  private static final int MAX_FIELDS = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE) // the size of the body is limited
                  .build())
          .build();

  private final Dialect dialect;
  private final byte[] body;
  private final JsonParser json;
  private final Set<String> models = new HashSet<>();
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private long maxOutput;
  private StreamOptions options = StreamOptions.NONE;
  private @Nullable NoteSpot noteSpot;

  private OutlineReader(Dialect dialect, byte[] body, JsonParser json) {
    this.dialect = dialect;
    this.body = body;
    this.json = json;
  }

  /**
   * Reads a body.
   *
   * @throws RefusedException if it is no JSON object, or one that hosts may read differently
   */
  public static RequestOutline read(Dialect dialect, byte[] body) throws RefusedException {
    int start = start(body);
    if (start + 1 >= body.length || body[start] != '{' || body[start + 1] == 0) {
      throw invalid("the body is not a JSON object in UTF-8");
    }
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      return new OutlineReader(dialect, body, json).outline(start);
    } catch (IOException e) {
      throw invalid("the body is not valid JSON");
    }
  }

  private static int start(byte[] body) {
    int at = 0;
    while (at < body.length && " \t\r\n".indexOf(body[at]) >= 0) {
      at++;
    }
    return at;
  }

  static RefusedException invalid(String message) {
    return new Refusal(Refusal.Kind.INVALID, message).thrown();
  }

  private RequestOutline outline(int start) throws IOException, RefusedException {
    var names = new HashSet<String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!names.add(name.toLowerCase(Locale.ROOT)) || names.size() > MAX_FIELDS) {
        throw invalid("the body has too many fields, or one of them twice");
      }
      json.nextToken();
      field(name);
    }
    if (json.nextToken() != null) {
      throw invalid("the body has text behind its end");
    }
    return new RequestOutline(
        models, traits, maxOutput, usageEdit(start, names.size()), Optional.ofNullable(noteSpot));
  }

  private void field(String name) throws IOException, RefusedException {
    switch (name) {
      case "model" -> models.add(model());
      case "models" -> fallbacks();
      case "stream" -> trait(Trait.STREAM);
      case "background" -> trait(Trait.BACKGROUND);
      case "tools" -> trait(Trait.TOOLS);
      case "previous_response_id", "conversation" -> trait(Trait.HISTORY);
      case "stream_options" -> options = StreamOptions.read(json);
      case "generationConfig" -> generationConfig();
      case "max_tokens", "max_completion_tokens", "max_output_tokens" -> output();
      case "messages", "input", "contents" ->
          noteSpot = new NewestMessage(dialect, body, json).spot();
      default -> json.skipChildren();
    }
  }

  /** Notes the trait unless its field is null or false, and reads the field to its end. */
  private void trait(Trait trait) throws IOException {
    JsonToken value = json.currentToken();
    if (value != JsonToken.VALUE_FALSE && value != JsonToken.VALUE_NULL) {
      traits.add(trait);
    }
    json.skipChildren();
  }

  private String model() throws IOException, RefusedException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid("the model must be a text");
    }
    String name = json.getText();
    return dialect == Dialect.GEMINI && name.startsWith("models/")
        ? name.substring("models/".length())
        : name;
  }

  /** Some hosts let a request name further models, for when the first one is away. */
  private void fallbacks() throws IOException, RefusedException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid("the models must be a list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      models.add(model());
    }
  }

  private void output() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      maxOutput = Math.max(maxOutput, Math.round(json.getDoubleValue()));
    } else {
      json.skipChildren();
    }
  }

  private void generationConfig() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("maxOutputTokens")) {
        output();
      } else {
        json.skipChildren();
      }
    }
  }

  private Optional<Edit> usageEdit(int start, int fields) {
    boolean wanted = dialect == Dialect.OPENAI_CHAT && traits.contains(Trait.STREAM);
    if (!wanted || options.statesUsage()) {
      return Optional.empty();
    }
    String added = "\"stream_options\":{\"include_usage\":true}" + (fields == 0 ? "" : ",");
    return options.edit().or(() -> Optional.of(Edit.insertion(start + 1, added)));
  }
}

package io.numa.avatar.agent.gateway.internal.dialect;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.agent.gateway.internal.dialect.RequestOutline.Trait;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineReaderTest {
  private static final String NOTE = "half of \"time\"\nis over, é";
  private static final String NOTE_JSON = "half of \\\"time\\\"\\nis over, é";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Behind a text of the user's: within the text.
        "OPENAI_CHAT | {'model':'m','messages':[{'role':'user','content':'a\\'b\\\\'}]}"
            + " | {'model':'m','messages':[{'role':'user','content':'a\\'b\\\\\\n\\nNOTE'}]}",
        "OPENAI_CHAT | {'messages': [ {'content':[{'type':'text','text':'a'}], 'role':'user'} ] }"
            + " | {'messages': [ {'content':[{'type':'text','text':'a'},{'type':'text','text':'NOTE'}], 'role':'user'} ] }",
        "OPENAI_CHAT | {'messages':[{'role':'user','content':[]}]}"
            + " | {'messages':[{'role':'user','content':[{'type':'text','text':'NOTE'}]}]}",
        // Behind a result of a tool: a message of its own.
        "OPENAI_CHAT | {'messages':[{'role':'user','content':'a'},{'role':'tool','content':'b'}],'n':1}"
            + " | {'messages':[{'role':'user','content':'a'},{'role':'tool','content':'b'},{'role':'user','content':'NOTE'}],'n':1}",
        "OPENAI_RESPONSES | {'input':'a'} | {'input':'a\\n\\nNOTE'}",
        "OPENAI_RESPONSES | {'input':[{'type':'function_call_output','output':'x'}]}"
            + " | {'input':[{'type':'function_call_output','output':'x'},{'type':'message','role':'user','content':[{'type':'input_text','text':'NOTE'}]}]}",
        "ANTHROPIC | {'system':'s','messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'text','text':'r'}]}]}]}"
            + " | {'system':'s','messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'text','text':'r'}]},{'type':'text','text':'NOTE'}]}]}",
        "GEMINI | {'contents':[{'role':'user','parts':[{'text':'a'}]}]}"
            + " | {'contents':[{'role':'user','parts':[{'text':'a'},{'text':'NOTE'}]}]}",
        "GEMINI | {'contents':[{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]}]}"
            + " | {'contents':[{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]},{'role':'user','parts':[{'text':'NOTE'}]}]}",
      },
      quoteCharacter = '`')
  void addsANoteBehindTheNewestMessage(Dialect dialect, String body, String expected)
      throws Exception {
    String sent = json(body);
    NoteSpot spot = read(dialect, sent).noteSpot().orElseThrow();

    assertThat(edited(sent, spot.edit(NOTE))).isEqualTo(json(expected).replace("NOTE", NOTE_JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT | {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'So'}]}",
        "ANTHROPIC | {'messages':[{'role':'assistant','content':'So'}]}",
        "GEMINI | {'contents':[{'role':'model','parts':[{'text':'So'}]}]}",
        "OPENAI_CHAT | {'messages':[]}",
        "OPENAI_CHAT | {'messages':['a']}",
        "OPENAI_CHAT | {'messages':'a'}",
        "OPENAI_CHAT | {'prompt':'a'}",
      },
      quoteCharacter = '`')
  void addsNoNoteWhereTheModelIsToGoOn(Dialect dialect, String body) throws Exception {
    assertThat(read(dialect, json(body)).noteSpot()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'stream':true,'model':'m'}"
            + " | {'stream_options':{'include_usage':true},'stream':true,'model':'m'}",
        "{ 'stream' : true , 'stream_options':{} }"
            + " | { 'stream' : true , 'stream_options':{'include_usage':true} }",
        "{'stream_options':{'x':1},'stream':true}"
            + " | {'stream_options':{'include_usage':true,'x':1},'stream':true}",
        "{'stream':true,'stream_options':null}"
            + " | {'stream':true,'stream_options':{'include_usage':true}}",
        "{'stream':true,'stream_options':{'include_usage':false}}"
            + " | {'stream':true,'stream_options':{'include_usage':true}}",
      },
      quoteCharacter = '`')
  void asksAStreamForItsUsage(String body, String expected) throws Exception {
    String sent = json(body);
    Edit edit = read(Dialect.OPENAI_CHAT, sent).usageEdit().orElseThrow();

    assertThat(edited(sent, edit)).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT | {'stream':true,'stream_options':{'include_usage':true}}",
        "OPENAI_CHAT | {'stream':false}",
        "OPENAI_CHAT | {'messages':[{'stream':true}]}",
        "OPENAI_RESPONSES | {'stream':true}",
        "ANTHROPIC | {'stream':true}",
      },
      quoteCharacter = '`')
  void changesNothingWhereTheUsageIsStatedAnyhow(Dialect dialect, String body) throws Exception {
    assertThat(read(dialect, json(body)).usageEdit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model':'a','model':'b'}",
        "{'model':'a','Model':'b'}",
        "{'model':'a','mod\\u0065l':'b'}",
        "{'model':'a'}{'model':'b'}",
        "{'model':{'name':'a'}}",
        "{'model':null}",
        "{'model':'a','models':'b'}",
        "{'stream':true,'stream_options':{'include_usage':true,'include_usage':false}}",
        "{'stream_options':{'include_usage':'no'}}",
        "['a']",
        "{'model':'a'",
        "{",
        "",
        "\uFEFF{'model':'a'}",
      })
  void refusesWhatAHostMayReadDifferently(String body) {
    assertThatThrownBy(() -> read(Dialect.OPENAI_CHAT, json(body)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void refusesOtherEncodingsAndDepthsThatExhaustParsers() {
    assertThatThrownBy(
            () -> OutlineReader.read(Dialect.ANTHROPIC, "{\"model\":\"a\"}".getBytes(UTF_16LE)))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> read(Dialect.GEMINI, "{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void seesEveryModelThatAHostMayUse() throws Exception {
    RequestOutline outline =
        read(Dialect.OPENAI_CHAT, json("{'models':['b','c'],'x':{'model':'no'},'model':'a'}"));

    assertThat(outline.models()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read(Dialect.GEMINI, json("{'model':'models/g'}")).models()).containsExactly("g");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT | {'max_tokens':5,'max_completion_tokens':7} | 7",
        "OPENAI_RESPONSES | {'max_output_tokens':9} | 9",
        "GEMINI | {'generationConfig':{'x':{'maxOutputTokens':3},'maxOutputTokens':8}} | 8",
        "GEMINI | {'generationConfig':[1]} | 0",
        "ANTHROPIC | {'max_tokens':1e3} | 0",
        "ANTHROPIC | {'max_tokens':99999999999999999999} | 9223372036854775807",
      },
      quoteCharacter = '`')
  void seesTheLongestAnswer(Dialect dialect, String body, long expected) throws Exception {
    assertThat(read(dialect, json(body)).maxOutput()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'background':true} | BACKGROUND",
        "{'background':false} |",
        "{'background':null} |",
        "{'stream':true,'tools':[{'background':true}]} | STREAM,TOOLS",
        "{'previous_response_id':'r'} | HISTORY",
        "{'conversation':{'id':'c'},'previous_response_id':null} | HISTORY",
      },
      quoteCharacter = '`')
  void seesWhatIsAskedFor(String body, String traits) throws Exception {
    Set<Trait> expected =
        traits == null
            ? Set.of()
            : Stream.of(traits.split(",")).map(Trait::valueOf).collect(Collectors.toSet());

    assertThat(read(Dialect.OPENAI_RESPONSES, json(body)).traits()).isEqualTo(expected);
  }

  @Test
  void makesBothEditsAtOnce() throws Exception {
    String sent = json("{'stream':true,'messages':[{'role':'tool','content':'é'}]}");
    RequestOutline outline = read(Dialect.OPENAI_CHAT, sent);
    Edit[] edits =
        Stream.of(outline.noteSpot().map(spot -> spot.edit("n")), outline.usageEdit())
            .flatMap(Optional::stream)
            .toArray(Edit[]::new);

    assertThat(edited(sent, edits))
        .isEqualTo(
            json(
                "{'stream_options':{'include_usage':true},'stream':true,"
                    + "'messages':[{'role':'tool','content':'é'},"
                    + "{'role':'user','content':'n'}]}"));
  }

  private static RequestOutline read(Dialect dialect, String body) throws RefusedException {
    return OutlineReader.read(dialect, body.getBytes(UTF_8));
  }

  private static String edited(String body, Edit... edits) throws IOException {
    var content = new EditedBody(body.getBytes(UTF_8), List.of(edits));
    try (var buffer = new Buffer()) {
      content.writeTo(buffer);
      assertThat(buffer.size()).isEqualTo(content.contentLength());
      return buffer.readUtf8();
    }
  }

  /** JSON with single quotes for double ones; {@code \'} is an escaped double quote. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }
}

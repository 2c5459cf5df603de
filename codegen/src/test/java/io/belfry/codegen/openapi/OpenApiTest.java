package io.belfry.codegen.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.codegen.GeneratedFiles;
import io.belfry.schema.Derived;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final SortedMap<String, byte[]> FILES = generate();
  private static final JsonNode DOCUMENT = document(OpenApiVersion.V3_1);

  @ParameterizedTest
  @EnumSource(OpenApiVersion.class)
  void isReadByAnotherParserWithoutComplaint(OpenApiVersion version) {
    var read = new OpenAPIV3Parser().readContents(new String(FILES.get(version.fileName()), UTF_8));
    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getOpenapi()).isEqualTo(version.number());
    assertThat(read.getOpenAPI().getPaths()).hasSize(573);
  }

  @Test
  void saysTheSameInThreeDotZero() throws IOException {
    var older = document(OpenApiVersion.V3_0);
    assertThat(older.findValues("type")).isNotEmpty().noneMatch(JsonNode::isArray);
    assertThat(older.findValuesAsText("type")).doesNotContain("null");
    assertThat(inThreeDotOne(older)).isEqualTo(DOCUMENT);
  }

  /// What 3.0 writes otherwise, written as in 3.1.
  private static JsonNode inThreeDotOne(JsonNode node) throws IOException {
    if (!node.isContainerNode()) {
      return node;
    }
    if (node.isArray()) {
      var items = new ObjectMapper().createArrayNode();
      for (var item : node) {
        items.add(inThreeDotOne(item));
      }
      return items;
    }
    var same = new ObjectMapper().createObjectNode();
    for (var member : node.properties()) {
      same.set(member.getKey(), inThreeDotOne(member.getValue()));
    }
    var nullable = same.remove("nullable") != null;
    var reference = same.remove("allOf");
    if (reference != null) {
      assertThat(reference).hasSize(1);
      if (nullable) {
        same.set("anyOf", ((ArrayNode) reference).add(json("{\"type\": \"null\"}")));
      } else {
        same.setAll((ObjectNode) reference.get(0));
      }
    } else if (nullable) {
      same.putArray("type").add(node.path("type")).add("null");
    }
    if (same.has("openapi")) {
      same.put("openapi", OpenApiVersion.V3_1.number());
    }
    return same;
  }

  @Test
  void holdsEveryOperationOnce() {
    var paths = SCHEMA.operations().keySet().stream().map(path -> "/" + path);
    assertThat(names(DOCUMENT.at("/paths"))).containsExactlyElementsOf(paths.toList());
    assertThat(DOCUMENT.findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            SCHEMA.operations().values().stream().map(Operation::operationName).toList());
  }

  @Test
  void refersOnlyToWhatItHolds() {
    assertThat(DOCUMENT.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }

  @Test
  void holdsNoSchemaThatNothingRefersTo() {
    var referred = DOCUMENT.findValuesAsText("$ref").stream().distinct().toList();
    assertThat(names(DOCUMENT.at("/components/schemas")))
        .allSatisfy(name -> assertThat(referred).contains("#/components/schemas/" + name));
  }

  @Test
  void requiresOnlyPropertiesThatItDescribes() {
    for (JsonNode schema : DOCUMENT.at("/components/schemas")) {
      for (JsonNode required : schema.path("required")) {
        assertThat(names(schema.path("properties"))).contains(required.asText());
      }
    }
  }

  @Test
  void describesAnOperationWithATask() throws IOException {
    var start = DOCUMENT.at("/paths/~1start-vm/post");
    assertThat(names(start.at("/responses")))
        .containsExactly("200", "400", "401", "403", "404", "409", "500", "501", "503");
    assertThat(start.at("/parameters").findValuesAsText("$ref"))
        .containsExactly(
            "#/components/parameters/Language", "#/components/parameters/IdempotencyKey");
    assertThat(DOCUMENT.at("/paths/~1get-vms/post/parameters").findValuesAsText("$ref"))
        .containsExactly("#/components/parameters/Language");
    assertThat(start.at("/responses/200/content"))
        .isEqualTo(
            json(
                """
                {"application/json": {"schema":
                  {"type": "array", "items": {"$ref": "#/components/schemas/WithTaskVm"}}}}
                """));
    assertThat(start.at("/requestBody"))
        .isEqualTo(
            json(
                """
                {"required": true, "content": {"application/json": {"schema":
                  {"$ref": "#/components/schemas/VmStartParams"}}}}
                """));
    assertThat(schema("WithTaskVm"))
        .isEqualTo(
            json(
                """
                {"type": "object", "required": ["data"], "properties": {
                  "task_id": {"type": ["string", "null"]},
                  "data": {"$ref": "#/components/schemas/Vm"}}}
                """));
  }

  @Test
  void countsThroughTheConnection() throws IOException {
    assertThat(DOCUMENT.at("/paths/~1get-vms-connection/post/responses/200/content"))
        .isEqualTo(
            json(
                """
                {"application/json": {"schema": {"$ref": "#/components/schemas/VmConnection"}}}
                """));
    assertThat(schema("VmConnection").at("/properties/aggregate/properties"))
        .isEqualTo(json("{\"count\": {\"type\": \"integer\", \"format\": \"int32\"}}"));
  }

  @Test
  void offersEveryFilterKeyAndNoOther() {
    for (var entity : SCHEMA.entities().values()) {
      var where = schema(Derived.whereName(entity));
      if (!where.isMissingNode()) {
        var keys = Derived.filterKeys(entity).stream().map(Derived.FilterKey::key);
        assertThat(names(where.path("properties")))
            .containsExactlyElementsOf(Stream.concat(Stream.of("AND", "OR", "NOT"), keys).toList());
        assertThat(where.path("additionalProperties").asBoolean(true)).isFalse();
      }
    }
  }

  @Test
  void showsRelationsNestedAndTellsNullableFromRequired() throws IOException {
    var properties = schema("Vm").path("properties");
    assertThat(properties.path("host"))
        .isEqualTo(
            json(
                """
                {"anyOf": [{"$ref": "#/components/schemas/NestedHost"}, {"type": "null"}],
                 "description": "Where it runs, or ran last."}
                """));
    assertThat(properties.path("id")).isEqualTo(json("{\"type\": \"string\"}"));
    assertThat(properties.path("bios_uuid").path("type")).isEqualTo(json("[\"string\", \"null\"]"));
    assertThat(properties.path("out_uninstall_usb"))
        .isEqualTo(
            json(
                """
                {"type": "array", "items": {"type": "string"},
                 "description": "USB devices that were taken out of their host while mounted here."}
                """));
  }

  @Test
  void tellsUnits() throws IOException {
    assertThat(schema("Vm").at("/properties/memory"))
        .isEqualTo(
            json(
                """
                {"type": "integer", "format": "int64", "x-unit": "BYTE",
                 "description":
                   "What the guest sees; reserved on its host while it runs. In bytes."}
                """));
    assertThat(schema("VmVolumeCreationParams").at("/properties/size/description").asText())
        .isEqualTo("What it may hold at most. In bytes, unless `size_unit` says otherwise.");
  }

  @Test
  void tellsLimits() throws IOException {
    var update = schema("VmUpdateParamsData").path("properties");
    assertThat(limits(update.path("name")))
        .isEqualTo(json("{\"minLength\": 1, \"maxLength\": 255}"));
    assertThat(limits(update.path("cpu_cores"))).isEqualTo(json("{\"minimum\": 1}"));
    var remove = schema("VmRemoveNicParamsData").at("/properties/nic_index");
    assertThat(limits(remove.path("items"))).isEqualTo(json("{\"minimum\": 0, \"maximum\": 15}"));
    var keys = schema("TemplateCloudInit").at("/properties/public_keys");
    assertThat(limits(keys)).isEqualTo(json("{\"maxItems\": 10}"));
    assertThat(keys.path("description").asText()).endsWith("What breaks this makes the task fail.");
  }

  @Test
  void explainsConstantsOfEnums() {
    var status = schema("VmStatus");
    assertThat(status.path("description").asText()).isEqualTo("What a VM is doing.");
    assertThat(status.at("/x-enumDescriptions/RUNNING").asText())
        .isEqualTo("Its CPUs run, whatever its guest does.");
    assertThat(schema("VmFirmware").has("x-enumDescriptions")).isFalse();
  }

  private static JsonNode limits(JsonNode property) {
    return ((ObjectNode) property)
        .deepCopy()
        .retain("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems");
  }

  @Test
  void listsParametersInTheAddress() throws IOException {
    var parameters = DOCUMENT.at("/paths/~1resource-changes/get/parameters");

    assertThat(parameters.findValuesAsText("name"))
        .containsExactly("action", "limit", "resource_id", "resource_type", "start_revision");
    assertThat(parameters.path(2))
        .isEqualTo(
            json(
                """
                {"name": "limit", "in": "query",
                 "description": "How many changes to answer, 100 unless it is sent. None, if it is 0.",
                 "required": false,
                 "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 1000}}
                """));
    assertThat(parameters.path(3).path("explode").booleanValue()).isFalse();
    assertThat(parameters.at("/3/schema/items/type").textValue()).isEqualTo("string");
  }

  @Test
  void sendsFilesAsForms() {
    var body = DOCUMENT.at("/paths/~1upload-elf-image/post/requestBody/content");
    assertThat(names(body)).containsExactly("multipart/form-data");
    assertThat(schema("CreateElfImageForm").at("/properties/file/format").asText())
        .isEqualTo("binary");
  }

  @Test
  void needsATokenExceptWhereTheSchemaSaysPublic() {
    assertThat(DOCUMENT.at("/security/0/Authorization").isArray()).isTrue();
    for (var operation : SCHEMA.operations().values()) {
      var method = DOCUMENT.path("paths").path("/" + operation.path()).iterator().next();
      assertThat(method.has("security")).isEqualTo(operation.http().isPublic());
    }
  }

  @Test
  void compressesTheSameDocument() throws IOException {
    for (var version : OpenApiVersion.values()) {
      var compressed = new ByteArrayInputStream(FILES.get(version.fileName() + ".gz"));
      try (var gzip = new GZIPInputStream(compressed)) {
        assertThat(gzip.readAllBytes()).isEqualTo(FILES.get(version.fileName()));
      }
    }
  }

  private static JsonNode schema(String name) {
    return DOCUMENT.at("/components/schemas").path(name);
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static SortedMap<String, byte[]> generate() {
    var files = new GeneratedFiles();
    new OpenApi().generate(SCHEMA, files);
    return files.byPath();
  }

  private static JsonNode document(OpenApiVersion version) {
    try {
      return json(new String(FILES.get(version.fileName()), UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}

package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaValidationTest {

  @Test
  void acceptsASchemaWithoutFaults() {
    var schema =
        read(
            """
            type Rack @entity(list: "get-racks", nested: "id name") {
              id: String!
              name: String! @localized
              units: [Unit!] @inverse(field: "rack")
              used: Int @count(of: "units")
              height: Int @sum(of: "Unit:rack", field: "size")
            }
            type Unit @entity(nested: "id") { id: String! size: Int rack: Rack @inverse(field: "units") }
            extend type Operation {
              moveUnit(body: MoveUnitParams!): [Unit!]! @op(path: "move-unit", group: "Unit", task: true)
            }
            input MoveUnitParams { where: UnitWhereInput! rack_id: String! }
            """);
    assertThat(schema.entities().keySet()).containsExactly("Rack", "Unit");
    assertThat(schema.operations().keySet()).containsExactly("get-racks", "move-unit");
  }

  @Test
  void reportsAllFaultsAtOnceEachWithItsPlace() {
    assertThat(
            faults(
                """
                type Rack @entity(nested: "id title") {
                  id: String
                  height: Int @localized
                  units: [Unit!] @inverse(field: "shelf")
                  color: Colour
                }
                type Unit @entity { id: String! }
                """))
        .containsExactlyInAnyOrder(
            "Rack: needs a field id: String!",
            "Rack: nested names no field: title",
            "Rack.height: only a String can be localized",
            "Rack.units: inverse names no field: Unit.shelf",
            "Rack.color: no such type: Colour");
  }

  @Test
  void wantsBothEndsOfARelationToAgree() {
    assertThat(
            faults(
                """
                type Rack @entity {
                  id: String!
                  units: [Unit!] @inverse(field: "rack")
                  other: Unit @inverse(field: "size")
                  label: String @inverse(field: "id")
                }
                type Unit @entity { id: String! size: Int rack: Rack }
                """))
        .containsExactlyInAnyOrder(
            "Rack.units: inverse does not point back: Unit.rack",
            "Rack.other: inverse leads elsewhere: Unit.size",
            "Rack.label: has an inverse but is no relation");
  }

  @Test
  void wantsComputedFieldsToLeadSomewhere() {
    assertThat(
            faults(
                """
                type Rack @entity {
                  id: String!
                  units: [Unit!] @inverse(field: "rack")
                  a: Int @count(of: "shelves")
                  b: Int @sum(of: "units", field: "weight")
                  c: Int @formula(terms: "a -d")
                  e: Boolean @exists(of: "Unit:size")
                }
                type Unit @entity { id: String! size: Int rack: Rack @inverse(field: "units") }
                """))
        .containsExactlyInAnyOrder(
            "Rack.a: leads nowhere at Along[field=shelves]",
            "Rack.b: sums no field: Unit.weight",
            "Rack.c: formula names no field: -d",
            "Rack.e: leads nowhere at Back[entity=Unit, field=size]");
  }

  @Test
  void readsUnitsAndLimits() {
    var input =
        read("""
        input RackParams {
          height: Long @unit(of: BYTE) @limit(min: 1, max: 42)
          height_unit: ByteUnit
          names: [String!] @limit(minLength: 1, maxLength: 255, maxItems: 10, late: true)
          depth: Int
        }
        enum ByteUnit { B KB }
        """)
            .input("RackParams");
    var any = Limits.Range.ANY;
    assertThat(input.fields().values())
        .extracting(Field::marks)
        .containsExactly(
            marks(Unit.BYTE, new Limits(any, new Limits.Range(1, 42), any, false)),
            Field.Marks.NONE,
            marks(
                null,
                new Limits(new Limits.Range(1, 255), any, new Limits.Range(any.least(), 10), true)),
            Field.Marks.NONE);
  }

  private static Field.Marks marks(@Nullable Unit unit, Limits limits) {
    return new Field.Marks(false, false, false, null, unit, limits);
  }

  @Test
  void wantsUnitsToFitTheirFields() {
    assertThat(
            faults(
                """
                type Rack @entity { id: String! name: String @unit(of: BYTE) height: Int @unit(of: METRE) }
                input RackParams {
                  speed: Long @unit(of: BYTE)
                  speed_unit: BPSUnit
                  size: Long
                  size_unit: ByteUnit
                  form: String
                  form_unit: ByteUnit
                }
                enum BPSUnit { Bps }
                enum ByteUnit { B }
                """))
        .containsExactlyInAnyOrder(
            "Rack.name: only numbers can have a unit",
            "Rack.height: no such unit: METRE",
            "RackParams.speed: speed_unit chooses a multiple of BYTE_PER_SECOND, the field is in"
                + " BYTE",
            "RackParams.size: size_unit chooses a multiple of BYTE, the field is without a unit");
  }

  @Test
  void wantsLimitsToFitTheirFields() {
    assertThat(
            faults(
                """
                type Rack @entity { id: String! height: Int @limit(min: 1) }
                input RackParams {
                  a: Int @limit(maxLength: 3)
                  b: String @limit(min: 1)
                  c: String @limit(maxItems: 2)
                  d: Int @limit(min: 2, max: 1)
                  e: Int @limit(late: true)
                }
                """))
        .containsExactlyInAnyOrder(
            "Rack.height: only what is sent can have limits",
            "RackParams.a: only a String has a length",
            "RackParams.b: only numbers have a least or greatest value",
            "RackParams.c: only a list has items",
            "RackParams.d: nothing is from 2 to 1",
            "RackParams.e: the limit limits nothing");
  }

  @Test
  void wantsEveryFilterKeyToMeanOneThing() {
    assertThat(faults("type Rack @entity { id: String! name: String name_not: Boolean }"))
        .containsExactly("Rack: filter key name_not comes from name and name_not");
  }

  @Test
  void wantsOperationsToHaveAnAddressOfTheirOwn() {
    assertThat(
            faults(
                """
                type Rack @entity(list: "get-racks") { id: String! }
                extend type Operation {
                  listRacks: [Rack!]! @op(path: "get-racks", group: "Rack")
                  paint: Rack! @op(path: "paint", group: "")
                  upload: Rack! @op(path: "upload", group: "Rack", multipart: true)
                }
                """))
        .containsExactlyInAnyOrder(
            "Operation.getRacks: path used twice: get-racks",
            "Operation.paint: needs @op with a path and a group",
            "Operation.upload: multipart without a body");
    assertThat(
            faults(
                """
                type Rack @entity { id: String! }
                input Find { where: RackWhereInput }
                extend type Operation {
                  find(query: Find): Rack! @op(path: "find", group: "Rack", method: "GET")
                }
                """))
        .containsExactly("Operation.find: Find.where doesn't fit into an address");
  }

  @Test
  void refusesASecondDefinition() {
    assertThat(
            faults(
                "type Rack @entity { id: String! name: String name: Int }",
                "type Rack @entity { id: String! }"))
        .contains("Rack: defined twice");
    assertThat(faults("type Rack @entity { id: String! name: String name: Int }"))
        .containsExactly("Rack.name: defined twice");
  }

  @Test
  void namesTheFileThatCantBeParsed() {
    assertThat(faults("type Rack @entity { id: String! }", "type Unit {"))
        .singleElement()
        .asString()
        .startsWith("file 2: ");
  }

  @Test
  void saysHowManyFaultsThereAreAndWhich() {
    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> read("type Rack @entity { name: Sting }"))
        .withMessage(
            """
            the schema has 2 faults:
              Rack.name: no such type: Sting
              Rack: needs a field id: String!\
            """);
  }

  private static List<String> faults(String... texts) {
    try {
      read(texts);
    } catch (InvalidSchemaException e) {
      return e.faults();
    }
    return List.of();
  }

  private static Schema read(String... texts) {
    var number = new int[1];
    return SchemaReader.read(
        new SchemaFiles(
            Stream.of(texts)
                .map(text -> new SchemaFiles.Source("file " + ++number[0], text))
                .toList()));
  }
}

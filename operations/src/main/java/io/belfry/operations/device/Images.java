package io.belfry.operations.device;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ContentLibraryImageRow;
import io.belfry.store.rows.ElfImageRow;
import java.util.List;
import java.util.Optional;

/// The images that requests put into CD drives: those of a cluster, and those of the content
/// library, of which clusters have copies.
public final class Images {
  private Images() {}

  /// The image that `elf_image_id` or `content_library_image_id` names; nothing if neither does.
  ///
  /// @param drive the parameters with these
  /// @throws io.belfry.problem.ProblemException if there is no such image in the cluster
  public static Optional<ElfImageRow> chosen(Decision decision, String clusterId, Params drive) {
    var image = drive.optionalText("elf_image_id");
    if (image.isPresent()) {
      return Optional.of(ofCluster(decision, image.get(), clusterId, drive));
    }
    return drive
        .optionalText("content_library_image_id")
        .map(library -> inCluster(decision, library, clusterId, drive));
  }

  private static ElfImageRow ofCluster(
      Decision decision, String id, String clusterId, Params drive) {
    var parameter = drive.path() + ".elf_image_id";
    var image = decision.require(ElfImageRow.TYPE, id, parameter);
    if (!clusterId.equals(image.clusterId())) {
      throw drive.refused(
          ProblemCode.PRECONDITION,
          "elf_image_id",
          "%s: image %s is in another cluster than the VM".formatted(parameter, image.name()));
    }
    return image;
  }

  /// The copy that a cluster has of an image of the library.
  ///
  /// @param drive the parameters that name the image
  /// @throws io.belfry.problem.ProblemException if there is no such image, or the cluster has no
  ///   copy
  private static ElfImageRow inCluster(
      Decision decision, String libraryImageId, String clusterId, Params drive) {
    var parameter = drive.path() + ".content_library_image_id";
    var image = decision.require(ContentLibraryImageRow.TYPE, libraryImageId, parameter);
    return decision
        .transaction()
        .related(ElfImageRow.TYPE, "content_library_image", List.of(libraryImageId))
        .stream()
        .filter(copy -> clusterId.equals(copy.clusterId()))
        .findFirst()
        .orElseThrow(() ->
            drive.refused(
                ProblemCode.PRECONDITION,
                "content_library_image_id",
                "%s: image %s is not distributed to the VM's cluster"
                    .formatted(parameter, image.name())));
  }
}

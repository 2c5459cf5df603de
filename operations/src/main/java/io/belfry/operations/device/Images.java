package io.belfry.operations.device;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ContentLibraryImageRow;
import io.belfry.store.rows.ElfImageRow;
import java.util.List;

/// Images of the content library, of which each cluster has a copy.
final class Images {
  private Images() {}

  /// The copy that a cluster has of an image of the library.
  ///
  /// @param drive the parameters that name the image
  /// @throws io.belfry.problem.ProblemException if there is no such image, or the cluster has no
  ///   copy
  static ElfImageRow inCluster(
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

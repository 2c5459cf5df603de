package io.belfry.sdk.api;

import io.belfry.sdk.Accepted;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.CallOptions;
import io.belfry.sdk.Condition;
import io.belfry.sdk.Connection;
import io.belfry.sdk.Json;
import io.belfry.sdk.Listing;
import io.belfry.sdk.NotFoundException;
import io.belfry.sdk.Operation;
import io.belfry.sdk.Query;
import io.belfry.sdk.Selection;
import io.belfry.sdk.model.Deleted;
import io.belfry.sdk.model.VmFolder;
import io.belfry.sdk.model.VmFolderCreationParams;
import io.belfry.sdk.model.VmFolderDeletionParams;
import io.belfry.sdk.model.VmFolderUpdationParams;
import io.belfry.sdk.model.VmFolderUpdationParamsData;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Operations of the group VmFolder. Immutable and safe to share between threads.
 */
public final class VmFolderApi {
  private final ApiClient client;

  public VmFolderApi(ApiClient client) {
    this.client = client;
  }

  /**
   * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
   */
  public VmFolderApi with(UnaryOperator<CallOptions> options) {
    return new VmFolderApi(client.with(options));
  }

  /**
   * The same operations, answering with futures.
   */
  public Async async() {
    return new Async(client);
  }

  /**
   * Creates groups for VMs of a cluster.
   * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> createVmFolder(List<VmFolderCreationParams> items) {
    return createVmFolder(Json.of(items));
  }

  /**
   * Creates groups for VMs of a cluster.
   * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> createVmFolder(VmFolderCreationParams... items) {
    return createVmFolder(Json.array((Object[]) items));
  }

  /**
   * Creates groups for VMs of a cluster.
   * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> createVmFolder(Json body) {
    return client.call(Operation.change("create-vm-folder", VmFolder.SHAPE, "get-vm-folders"), body);
  }

  /**
   * Removes groups; their VMs stay.
   * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<Deleted> deleteVmFolder(VmFolderDeletionParams params) {
    return deleteVmFolder(params.json());
  }

  /**
   * Removes groups; their VMs stay.
   * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<Deleted> deleteVmFolder(Condition<VmFolder> where) {
    return deleteVmFolder(Json.object("where", where));
  }

  /**
   * Removes groups; their VMs stay.
   * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<Deleted> deleteVmFolder(Json body) {
    return client.call(Operation.change("delete-vm-folder", Deleted.SHAPE, null), body);
  }

  /**
   * Lists objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders}.
   */
  public List<VmFolder> getVmFolders() {
    return getVmFolders(Json.object());
  }

  /**
   * Lists objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders}.
   */
  public List<VmFolder> getVmFolders(Selection<VmFolder> selection) {
    return getVmFolders(selection.from(Query.everything()).json());
  }

  /**
   * Lists objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders}.
   */
  public List<VmFolder> getVmFolders(Json body) {
    return client.call(Operation.list("get-vm-folders", VmFolder.SHAPE), body);
  }

  /**
   * Counts objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders-connection}.
   */
  public Connection getVmFoldersConnection() {
    return getVmFoldersConnection(Json.object());
  }

  /**
   * Counts objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders-connection}.
   */
  public Connection getVmFoldersConnection(Selection<VmFolder> selection) {
    return getVmFoldersConnection(selection.from(Query.everything()).json());
  }

  /**
   * Counts objects of the kind VmFolder.
   * <p>{@code POST /get-vm-folders-connection}.
   */
  public Connection getVmFoldersConnection(Json body) {
    return client.call(Operation.count("get-vm-folders-connection"), body);
  }

  /**
   * Renames groups.
   * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> updateVmFolder(VmFolderUpdationParams params) {
    return updateVmFolder(params.json());
  }

  /**
   * Renames groups.
   * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> updateVmFolder(Condition<VmFolder> where,
      VmFolderUpdationParamsData data) {
    return updateVmFolder(Json.object("where", where, "data", data));
  }

  /**
   * Renames groups.
   * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
   */
  public Accepted<VmFolder> updateVmFolder(Json body) {
    return client.call(Operation.change("update-vm-folder", VmFolder.SHAPE, "get-vm-folders"), body);
  }

  private Listing<VmFolder> listingOfVmFolders() {
    return new Listing<>(client, Operation.list("get-vm-folders", VmFolder.SHAPE), VmFolder::id);
  }

  /**
   * Lists objects of the kind VmFolder as they are needed, page by page: see {@link Listing#stream}.
   * <p>{@code POST /get-vm-folders}.
   */
  public Stream<VmFolder> streamVmFolders() {
    return listingOfVmFolders().stream(Json.object());
  }

  /**
   * Lists objects of the kind VmFolder as they are needed, page by page: see {@link Listing#stream}.
   * <p>{@code POST /get-vm-folders}.
   */
  public Stream<VmFolder> streamVmFolders(Selection<VmFolder> selection) {
    return listingOfVmFolders().stream(selection.from(Query.everything()).json());
  }

  /**
   * The first object of the kind VmFolder that is selected, if there is one.
   * <p>{@code POST /get-vm-folders}.
   */
  public Optional<VmFolder> findVmFolder(Selection<VmFolder> selection) {
    return listingOfVmFolders().first(selection.from(Query.everything()).json());
  }

  /**
   * The object of the kind VmFolder with an id.
   * <p>{@code POST /get-vm-folders}.
   *
   * @throws NotFoundException if there is none
   */
  public VmFolder getVmFolder(String id) {
    return listingOfVmFolders().get(id);
  }

  /**
   * The operations of {@link VmFolderApi}, answering with futures. Cancelling one gives up the call.
   */
  public static final class Async {
    private final ApiClient client;

    private Async(ApiClient client) {
      this.client = client;
    }

    /**
     * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
     */
    public Async with(UnaryOperator<CallOptions> options) {
      return new Async(client.with(options));
    }

    /**
     * Creates groups for VMs of a cluster.
     * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> createVmFolder(
        List<VmFolderCreationParams> items) {
      return createVmFolder(Json.of(items));
    }

    /**
     * Creates groups for VMs of a cluster.
     * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> createVmFolder(VmFolderCreationParams... items) {
      return createVmFolder(Json.array((Object[]) items));
    }

    /**
     * Creates groups for VMs of a cluster.
     * <p>{@code POST /create-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> createVmFolder(Json body) {
      return client.callAsync(Operation.change("create-vm-folder", VmFolder.SHAPE, "get-vm-folders"), body);
    }

    /**
     * Removes groups; their VMs stay.
     * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<Deleted>> deleteVmFolder(VmFolderDeletionParams params) {
      return deleteVmFolder(params.json());
    }

    /**
     * Removes groups; their VMs stay.
     * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<Deleted>> deleteVmFolder(Condition<VmFolder> where) {
      return deleteVmFolder(Json.object("where", where));
    }

    /**
     * Removes groups; their VMs stay.
     * <p>{@code POST /delete-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<Deleted>> deleteVmFolder(Json body) {
      return client.callAsync(Operation.change("delete-vm-folder", Deleted.SHAPE, null), body);
    }

    /**
     * Lists objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders}.
     */
    public CompletableFuture<List<VmFolder>> getVmFolders() {
      return getVmFolders(Json.object());
    }

    /**
     * Lists objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders}.
     */
    public CompletableFuture<List<VmFolder>> getVmFolders(Selection<VmFolder> selection) {
      return getVmFolders(selection.from(Query.everything()).json());
    }

    /**
     * Lists objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders}.
     */
    public CompletableFuture<List<VmFolder>> getVmFolders(Json body) {
      return client.callAsync(Operation.list("get-vm-folders", VmFolder.SHAPE), body);
    }

    /**
     * Counts objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders-connection}.
     */
    public CompletableFuture<Connection> getVmFoldersConnection() {
      return getVmFoldersConnection(Json.object());
    }

    /**
     * Counts objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders-connection}.
     */
    public CompletableFuture<Connection> getVmFoldersConnection(Selection<VmFolder> selection) {
      return getVmFoldersConnection(selection.from(Query.everything()).json());
    }

    /**
     * Counts objects of the kind VmFolder.
     * <p>{@code POST /get-vm-folders-connection}.
     */
    public CompletableFuture<Connection> getVmFoldersConnection(Json body) {
      return client.callAsync(Operation.count("get-vm-folders-connection"), body);
    }

    /**
     * Renames groups.
     * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> updateVmFolder(VmFolderUpdationParams params) {
      return updateVmFolder(params.json());
    }

    /**
     * Renames groups.
     * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> updateVmFolder(Condition<VmFolder> where,
        VmFolderUpdationParamsData data) {
      return updateVmFolder(Json.object("where", where, "data", data));
    }

    /**
     * Renames groups.
     * <p>{@code POST /update-vm-folder}. Each object changes in a task of its own; {@code await} waits for them.
     */
    public CompletableFuture<Accepted<VmFolder>> updateVmFolder(Json body) {
      return client.callAsync(Operation.change("update-vm-folder", VmFolder.SHAPE, "get-vm-folders"), body);
    }
  }
}

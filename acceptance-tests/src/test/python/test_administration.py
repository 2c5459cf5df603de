"""Users, roles and settings. The guide only logs in."""

from cloudtower import (
    ApiClient,
    Configuration,
    GlobalSettingsApi,
    ROLEACTION,
    UserApi,
    UserRoleNextApi,
)
from cloudtower.exceptions import ApiException
from cloudtower.utils import login

from tower import URL, TowerTest, a_name


class Users(TowerTest):
    """用户, 角色"""

    def setUp(self):
        self.user_api = UserApi(self.client)
        self.role_api = UserRoleNextApi(self.client)

    def test_users_and_roles(self):
        """用户, 角色: 创建, 登录, 编辑, 删除"""
        role_id = self.done(
            self.role_api.create_role(
                [{"name": a_name("role"), "actions": [ROLEACTION.VM_OPERATION_VM_POWER]}]
            )
        )[0]
        username = a_name("user")
        user_id = self.done(
            self.user_api.create_user(
                [
                    {
                        "username": username,
                        "name": "Somebody",
                        "password": "a-first-password",
                        "role_id": role_id,
                    }
                ]
            )
        )[0]
        client = ApiClient(Configuration(host=URL))
        login(client, username, "a-first-password")
        self.assertEqual(username, UserApi(client).get_my_info().username)
        with self.assertRaises(ApiException) as refused:
            UserApi(client).delete_user({"where": {"id": user_id}})
        self.assertEqual(403, refused.exception.status)
        self.done(
            self.user_api.update_user(
                {"where": {"id": user_id}, "data": {"password": "a-second-password"}}
            )
        )
        login(client, username, "a-second-password")
        self.done(self.user_api.delete_user({"where": {"id": user_id}}))
        self.done(self.role_api.delete_role({"where": {"id": role_id}}))
        self.assertEqual([], self.user_api.get_users({"where": {"id": user_id}}))


class Settings(TowerTest):
    """设置"""

    def test_recycle_bin(self):
        """回收站设置"""
        settings_api = GlobalSettingsApi(self.client)
        changed = settings_api.update_global_recycle_bin_setting({"enabled": True, "retain": 14})
        self.assertEqual(14, changed.data.vm_recycle_bin.retain)
        settings = settings_api.get_global_settingses({})[0]
        self.assertEqual((True, 14), (settings.vm_recycle_bin.enabled, settings.vm_recycle_bin.retain))

"""The public API's blueprint; its routes are in the modules beside this one."""

from flask_smorest import Blueprint

from comments_service.web.description import described
from comments_service.web.origins import answer_preflight, share_problem

blueprint = Blueprint("public", __name__, url_prefix="/api/v1", description="Comments, for pages and their readers")
blueprint.before_request(answer_preflight)
blueprint.after_request(share_problem)

__all__ = ["blueprint", "described"]
